"""What people open: the read-only snapshot, workbooks, Parquet, pages and letters, put in place as one set."""

from warehouse.publication.published_set import Published, publish, publish_snapshot

__all__ = ["Published", "publish", "publish_snapshot"]
