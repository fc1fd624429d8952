-- Up Migration
SET LOCAL lock_timeout = '5s';

-- The public keys that the portal has signed with. A key that is exchanged stays: what it has signed is still to be checked in ten years.
CREATE TABLE signeringsnokkel (
  id text PRIMARY KEY,
  offentlig bytea NOT NULL CHECK (length(offentlig) = 32),
  fra timestamptz NOT NULL,
  CHECK (id = substr(encode(sha256(offentlig), 'hex'), 1, 16))
);
CREATE TRIGGER signeringsnokkel_uforanderlig BEFORE UPDATE OR DELETE ON signeringsnokkel FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER signeringsnokkel_tommes_ikke BEFORE TRUNCATE ON signeringsnokkel FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- Signatures of finished documents, beside rows that can never change; one by each key. Checked by `npm run verify`, outside the database.
CREATE TABLE collab_signatur (
  doc_id uuid NOT NULL REFERENCES collab_final,
  nokkel_id text NOT NULL REFERENCES signeringsnokkel,
  signatur bytea NOT NULL CHECK (length(signatur) = 64),
  at timestamptz NOT NULL,
  PRIMARY KEY (doc_id, nokkel_id)
);
CREATE TRIGGER collab_signatur_uforanderlig BEFORE UPDATE OR DELETE ON collab_signatur FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER collab_signatur_tommes_ikke BEFORE TRUNCATE ON collab_signatur FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

GRANT SELECT, INSERT ON signeringsnokkel, collab_signatur TO lisk_web, lisk_worker;

-- Down Migration
DROP TABLE collab_signatur, signeringsnokkel;
