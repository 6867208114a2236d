-- Which files of the inbox are loaded: what makes a second run with nothing new do nothing. Written by the flow
-- after the batch that holds the file, so a kill in between costs one idempotent load.
CREATE TABLE raw.inbox_files (
  file_path         VARCHAR NOT NULL,  -- relative to the inbox
  sha256            VARCHAR NOT NULL,  -- of the file as handed in (an archive's own, not its members')
  size_bytes        BIGINT NOT NULL,
  received_at       TIMESTAMP NOT NULL,
  archive_name      VARCHAR NOT NULL,  -- below the home's archive/
  extractor_version VARCHAR NOT NULL,
  run_id            VARCHAR NOT NULL   -- the run that loaded it last
);
