-- Up Migration
SET LOCAL lock_timeout = '5s';

-- A finished document, as it was shown to and confirmed by the veileder: canonical JSON with its SHA-256 (promise 3).
-- Signatures get a table of their own later, so that they can be added to rows that can never change.
CREATE TABLE collab_final (
  doc_id uuid PRIMARY KEY REFERENCES collab_doc,
  seq bigint NOT NULL,
  epoch integer NOT NULL,
  chain_hash bytea NOT NULL CHECK (length(chain_hash) = 32),
  json text NOT NULL,
  json_sha256 bytea NOT NULL CHECK (json_sha256 = sha256(convert_to(json, 'UTF8'))),
  ferdigstilt_av uuid NOT NULL REFERENCES bruker,
  at_us bigint NOT NULL,
  FOREIGN KEY (doc_id, seq) REFERENCES collab_update (doc_id, seq)
);
CREATE TRIGGER collab_final_uforanderlig BEFORE UPDATE OR DELETE ON collab_final FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER collab_final_tommes_ikke BEFORE TRUNCATE ON collab_final FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

ALTER TABLE samtale ADD COLUMN ferdigstilt_at timestamptz;
ALTER TABLE samtale ADD COLUMN ferdigstilt_av uuid REFERENCES bruker;
ALTER TABLE samtale ADD CONSTRAINT samtale_ferdigstilt CHECK ((status = 'ferdigstilt') = (ferdigstilt_at IS NOT NULL AND ferdigstilt_av IS NOT NULL));

-- A samtale counts as ferdigstilt only with its frozen document, whoever writes the row; checked when the transaction ends.
CREATE FUNCTION samtale_ferdigstilt_har_dokument() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'ferdigstilt' AND NOT EXISTS (SELECT FROM collab_final f WHERE f.doc_id = NEW.id) THEN
    RAISE EXCEPTION 'samtale % is ferdigstilt without a frozen document', NEW.id USING ERRCODE = 'LK001';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER samtale_ferdigstilt_har_dokument AFTER INSERT OR UPDATE ON samtale
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION samtale_ferdigstilt_har_dokument();

-- After closing begins, what is under way may still land for this long. Seconds.
CREATE FUNCTION collab_grace() RETURNS interval LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT interval '1 second' $$;

CREATE FUNCTION collab_time(p_at_us bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT timestamptz 'epoch' + p_at_us * interval '1 microsecond'
$$;

-- open → closing. False when it is not open.
CREATE FUNCTION collab_begin_closing(p_doc uuid, p_at_us bigint, p_until_us bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE collab_doc SET state = 'closing', closing_at = collab_time(p_at_us), closing_until = collab_time(p_until_us)
  WHERE id = p_doc AND state = 'open';
  RETURN FOUND;
END
$$;

-- closing → open. False when it is not closing.
CREATE FUNCTION collab_cancel_closing(p_doc uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE collab_doc SET state = 'open', closing_at = NULL, closing_until = NULL WHERE id = p_doc AND state = 'closing';
  RETURN FOUND;
END
$$;

-- Every closing that has run out goes back to open; returns which. Rows locked elsewhere are left for the next time.
CREATE FUNCTION collab_lapse(p_at_us bigint)
RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH due AS (
    SELECT id FROM collab_doc WHERE state = 'closing' AND closing_until <= collab_time(p_at_us) ORDER BY id FOR UPDATE SKIP LOCKED
  ), lapsed AS (
    UPDATE collab_doc d SET state = 'open', closing_at = NULL, closing_until = NULL FROM due WHERE d.id = due.id RETURNING d.id
  ), events AS (
    INSERT INTO hendelse (at, type, lis_id, objekt_id)
    SELECT collab_time(p_at_us), 'samtale.ferdigstilling-utlopt', s.lis_id, s.id FROM lapsed JOIN samtale s ON s.id = lapsed.id
    RETURNING objekt_id
  )
  SELECT id FROM lapsed
$$;
CREATE INDEX collab_doc_closing ON collab_doc (closing_until) WHERE state = 'closing';

-- Freezes: compare-and-swap on what the veileder was shown. False, and nothing changed, when it is not closing, the grace has not
-- passed, the closing has run out, or the log has moved on.
CREATE FUNCTION collab_finalize(p_doc uuid, p_seq bigint, p_head_hash bytea, p_epoch integer, p_json text, p_user uuid, p_at_us bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  d collab_doc%ROWTYPE;
BEGIN
  SELECT * INTO d FROM collab_doc WHERE id = p_doc FOR UPDATE;
  IF d.id IS NULL OR d.state <> 'closing' OR d.head_seq <> p_seq OR d.head_hash <> p_head_hash OR d.epoch <> p_epoch
    OR collab_time(p_at_us) <= d.closing_at + collab_grace() OR collab_time(p_at_us) >= d.closing_until THEN
    RETURN false;
  END IF;
  INSERT INTO collab_final (doc_id, seq, epoch, chain_hash, json, json_sha256, ferdigstilt_av, at_us)
  VALUES (d.id, d.head_seq, d.epoch, d.head_hash, p_json, sha256(convert_to(p_json, 'UTF8')), p_user, p_at_us);
  UPDATE collab_doc SET state = 'final', closing_at = NULL, closing_until = NULL WHERE id = d.id;
  RETURN true;
END
$$;

-- As in 0003, but the grace is judged by the database's own clock too.
CREATE OR REPLACE FUNCTION collab_append(
  p_docs uuid[], p_heads bigint[], p_epochs integer[], p_at_us bigint,
  p_row_doc integer[], p_user uuid[], p_session uuid[], p_conn uuid[], p_access integer[], p_kind text[], p_upd bytea[],
  p_client_row integer[], p_client_id bigint[]
) RETURNS TABLE (doc_id uuid, outcome text, head_seq bigint, access_version integer, refused integer[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  d collab_doc%ROWTYPE;
  v_doc integer;
  v_row integer;
  v_seq bigint;
  v_hash bytea;
  v_sha bytea;
  v_refused integer[];
  v_first uuid;
BEGIN
  FOR v_doc IN SELECT i FROM unnest(p_docs) WITH ORDINALITY AS t (id, i) ORDER BY t.id LOOP
    SELECT * INTO d FROM collab_doc WHERE id = p_docs[v_doc] FOR UPDATE;
    doc_id := p_docs[v_doc];
    head_seq := d.head_seq;
    access_version := d.access_version;
    refused := NULL;

    IF d.id IS NULL THEN
      outcome := 'closed';
    ELSIF d.head_seq <> p_heads[v_doc] OR d.epoch <> p_epochs[v_doc] THEN
      outcome := 'behind';
    ELSIF d.state IN ('final', 'cancelled') THEN
      outcome := 'closed';
    -- By the database's own clock as well: a server whose clock lags must not write after the grace has passed.
    ELSIF d.state = 'closing' AND greatest(collab_time(p_at_us), clock_timestamp()) > d.closing_at + collab_grace() THEN
      outcome := 'closing';
    ELSIF EXISTS (SELECT FROM unnest(p_row_doc, p_access) AS r (doc, access) WHERE r.doc = v_doc AND r.access <> d.access_version) THEN
      outcome := 'stale';
    ELSE
      -- A binding that another connection of another person made first wins; the insert takes its lock.
      INSERT INTO collab_client (doc_id, client_id, user_id)
      SELECT DISTINCT ON (c.client_id) d.id, c.client_id, p_user[c.row_no]
      FROM unnest(p_client_row, p_client_id) AS c (row_no, client_id)
      WHERE p_row_doc[c.row_no] = v_doc
      ORDER BY c.client_id, c.row_no
      ON CONFLICT DO NOTHING;

      SELECT array_agg(DISTINCT c.row_no ORDER BY c.row_no) INTO v_refused
      FROM unnest(p_client_row, p_client_id) AS c (row_no, client_id)
      JOIN collab_client b ON b.doc_id = d.id AND b.client_id = c.client_id
      WHERE p_row_doc[c.row_no] = v_doc AND b.user_id <> p_user[c.row_no];

      IF v_refused IS NOT NULL THEN
        outcome := 'refused';
        refused := v_refused;
      ELSE
        outcome := 'ok';
        v_seq := d.head_seq;
        v_hash := d.head_hash;
        v_first := NULL;
        FOR v_row IN SELECT i FROM unnest(p_row_doc) WITH ORDINALITY AS t (doc, i) WHERE t.doc = v_doc ORDER BY i LOOP
          v_seq := v_seq + 1;
          v_sha := sha256(p_upd[v_row]);
          v_hash := collab_row_hash(v_hash, d.id, v_seq, d.epoch, p_user[v_row], p_session[v_row], p_conn[v_row], p_at_us, p_kind[v_row], v_sha);
          INSERT INTO collab_update (doc_id, seq, epoch, user_id, session_id, conn_id, at_us, kind, upd, upd_sha256, hash)
          VALUES (d.id, v_seq, d.epoch, p_user[v_row], p_session[v_row], p_conn[v_row], p_at_us, p_kind[v_row], p_upd[v_row], v_sha, v_hash);
          IF v_first IS NULL AND p_kind[v_row] = 'edit' THEN
            v_first := p_user[v_row];
          END IF;
        END LOOP;
        UPDATE collab_doc SET head_seq = v_seq, head_hash = v_hash WHERE id = d.id;
        head_seq := v_seq;
        IF d.head_seq = 1 AND v_first IS NOT NULL THEN
          PERFORM samtale_aktiver(d.id, v_first, p_at_us);
        END IF;
      END IF;
    END IF;
    RETURN NEXT;
  END LOOP;
END
$$;

REVOKE ALL ON FUNCTION collab_begin_closing, collab_cancel_closing, collab_lapse, collab_finalize FROM PUBLIC;
GRANT EXECUTE ON FUNCTION collab_begin_closing, collab_cancel_closing, collab_finalize TO lisk_web;
GRANT EXECUTE ON FUNCTION collab_lapse TO lisk_ws, lisk_worker;
GRANT SELECT ON collab_final TO lisk_web, lisk_ws, lisk_worker;
GRANT UPDATE (ferdigstilt_at, ferdigstilt_av) ON samtale TO lisk_web;

-- Down Migration
