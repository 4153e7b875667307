"""Goods by the names under which reports give their trade."""

__all__ = ["GOODS"]

_NAMES = (
    "nông lâm thủy sản, nông lâm sản và thủy sản, nông sản, lâm sản, thủy sản, thủy hải sản, "
    "hải sản, khoáng sản, rau quả, trái cây, hoa quả, sầu riêng, thanh long, "
    "vải thiều, chuối, dừa, xoài, bưởi, dứa, chanh leo, dưa hấu, mít, nhãn tươi, vú sữa, "
    "gạo, lúa gạo, cà phê, ca cao, chè, hồ tiêu, hạt tiêu, hạt điều, nhân điều, mắc ca, quế, "
    "hoa hồi, sắn, tinh bột sắn, cao su, mía đường, đậu tương, lúa mì, mật ong, yến sào, "
    "tổ yến, rong biển, thức ăn chăn nuôi, phân bón, "
    "tôm, tôm hùm, tôm đông lạnh, cá tra, cá basa, cá ba sa, cá ngừ, cá rô phi, cá hồi, "
    "cá biển, cua, ghẹ, nghêu, ngao, mực, bạch tuộc, surimi, "
    "thịt bò, thịt lợn, thịt heo, thịt gà, thịt trâu, thịt, trứng, sữa, "
    "gỗ, đồ gỗ, gỗ và sản phẩm gỗ, viên nén gỗ, dăm gỗ, nội thất, mây tre, gốm sứ, "
    "thủ công mỹ nghệ, giấy và sản phẩm từ giấy, "
    "dệt may, may mặc, xơ sợi, vải các loại, bông, da giày, giày dép, "
    "túi xách, vali, đồ chơi, "
    "điện thoại, điện tử, máy vi tính, máy tính, linh kiện, bán dẫn, chip, máy móc, "
    "máy móc thiết bị, phụ tùng, dây điện, cáp điện, pin, tấm pin, ô tô, xe máy, xe điện, "
    "xe đạp, phương tiện vận tải, tàu thuyền, máy bay, "
    "sắt thép, thép, nhôm, đồng kim loại, quặng, than đá, xi măng, clinker, kính, "
    "vật liệu xây dựng, hóa chất, chất dẻo, nhựa, dầu thô, xăng dầu, khí đốt, LNG, LPG, "
    "dược phẩm, vắc xin, mỹ phẩm, trang thiết bị y tế, thực phẩm, thực phẩm chế biến, đồ uống, "
    "bia, bánh kẹo, phần mềm, sản phẩm số, dịch vụ"
)
GOODS = tuple(name.strip() for name in _NAMES.split(","))
