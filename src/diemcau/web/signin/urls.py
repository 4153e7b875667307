"""Addresses of the door."""

from django.urls import path

from diemcau.web.signin import door, factors, policy, provider, recovery, sessions

urlpatterns = [
    path("dang-nhap", door.login, name="login"),
    path("dang-nhap/buoc-hai", door.second, name="login_second"),
    path("dang-nhap/khoa", door.passkey, name="passkey_login"),
    path("dang-nhap/khoa/hoi", door.passkey_begin, name="passkey_login_begin"),
    path("dang-nhap/ngoai/<str:key>", provider.start, name="provider_start"),
    path("dang-nhap/ngoai/<str:key>/ve", provider.back, name="provider_back"),
    path("dang-xuat", door.logout, name="logout"),
    path("quen-mat-khau", recovery.recover, name="recover"),
    path("dat-lai/<str:token>", recovery.reset, name="reset"),
    path("loi-moi/<str:token>", provider.invitation, name="invitation"),
    path("tai-khoan/mat-khau", recovery.password, name="password"),
    path("tai-khoan/bao-mat", factors.security, name="security"),
    path("tai-khoan/bao-mat/ung-dung", factors.add_application, name="app_add"),
    path("tai-khoan/bao-mat/ung-dung/go", factors.remove_application, name="app_remove"),
    path("tai-khoan/bao-mat/khoa", factors.add_key, name="passkey_add"),
    path("tai-khoan/bao-mat/khoa/hoi", factors.add_key_begin, name="passkey_add_begin"),
    path("tai-khoan/bao-mat/khoa/<int:pk>/go", factors.remove_key, name="passkey_remove"),
    path("tai-khoan/bao-mat/ma-du-phong", factors.recovery_codes, name="recovery_codes"),
    path("tai-khoan/bao-mat/thu", recovery.change_email, name="email_change"),
    path("tai-khoan/bao-mat/thu/<str:token>", recovery.confirm_address, name="email_confirm"),
    path("tai-khoan/bao-mat/ngoai/<int:pk>/go", provider.disconnect, name="provider_disconnect"),
    path("tai-khoan/bao-mat/ngoai/<str:key>", provider.start_connecting, name="provider_connect"),
    path("tai-khoan/xac-nhan", factors.confirm, name="confirm"),
    path("tai-khoan/xac-nhan/hoi", factors.confirm_begin, name="confirm_begin"),
    path("tai-khoan/phien", sessions.sessions, name="sessions"),
    path("tai-khoan/phien/ket-thuc", sessions.end_one, name="session_end"),
    path("tai-khoan/phien/ket-thuc-khac", sessions.end_others, name="sessions_end_others"),
    path("tai-khoan/chinh-sach", policy.policy, name="signin_policy"),
    path("tai-khoan/chinh-sach/vai-tro", policy.set_roles, name="signin_policy_roles"),
    path("tai-khoan/<int:pk>/lien-ket", policy.give_link, name="signin_give_link"),
    path("tai-khoan/<int:pk>/go-lop-hai", policy.remove_factors, name="signin_remove_factors"),
]
