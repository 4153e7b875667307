"""Many documents: one pure function from a document to a row, to be mapped by whatever runs it.

`rows` needs the standard library only; `arrow` maps it over an Arrow batch; `engines` hands that to
Ray, Dask or Spark. The command `diemcau read ... --out OUT.parquet` maps it over processes.
"""

from vanban.many.rows import Row, read_file, read_text

__all__ = ["Row", "read_file", "read_text"]
