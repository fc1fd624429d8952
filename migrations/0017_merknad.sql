-- Up Migration
SET LOCAL lock_timeout = '5s';

-- What somebody who took part had not saved when the samtale was ferdigstilt, laid beside it: a document of its own that points back. Nothing in
-- what is frozen changes by it, and neither does the merknad.
CREATE TABLE samtale_merknad (
  id uuid PRIMARY KEY,
  samtale_id uuid NOT NULL REFERENCES samtale,
  forfatter_id uuid NOT NULL REFERENCES bruker,
  tekst text NOT NULL CHECK (length(tekst) BETWEEN 1 AND 20000),
  created_at timestamptz NOT NULL
);
CREATE INDEX samtale_merknad_samtale ON samtale_merknad (samtale_id, created_at);
CREATE TRIGGER samtale_merknad_uforanderlig BEFORE UPDATE OR DELETE ON samtale_merknad FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER samtale_merknad_tommes_ikke BEFORE TRUNCATE ON samtale_merknad FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- The same rule as the policy's, for every route into the table: it is ferdigstilt, and the author took part then and reads it now.
CREATE FUNCTION samtale_merknad_vakt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM samtale s JOIN samtale_deltaker d ON d.samtale_id = s.id
    WHERE s.id = NEW.samtale_id AND s.status = 'ferdigstilt' AND d.person_id = NEW.forfatter_id AND d.fra <= s.ferdigstilt_at
      AND d.fra <= NEW.created_at AND (d.til IS NULL OR d.til > NEW.created_at)
  ) THEN
    RAISE EXCEPTION 'samtale %: no merknad by this person', NEW.samtale_id USING ERRCODE = 'LK001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER samtale_merknad_vakt BEFORE INSERT ON samtale_merknad FOR EACH ROW EXECUTE FUNCTION samtale_merknad_vakt();
GRANT SELECT, INSERT ON samtale_merknad TO lisk_web;

-- Down Migration
