-- Up Migration
SET LOCAL lock_timeout = '5s';

-- Each person's own note on a samtale, which nobody else can read until they put it into the forberedelse themselves. It is no part of the record:
-- not of the log, the PDF, the events or what anybody is told.
CREATE TABLE samtale_kladd (
  samtale_id uuid NOT NULL REFERENCES samtale,
  bruker_id uuid NOT NULL REFERENCES bruker,
  tekst text NOT NULL CHECK (length(tekst) BETWEEN 1 AND 20000),
  -- Counts each save: whoever writes in an older one is told (409).
  versjon integer NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (samtale_id, bruker_id)
);
GRANT SELECT, INSERT, DELETE, UPDATE (tekst, versjon, updated_at) ON samtale_kladd TO lisk_web;

-- Down Migration
