-- Up Migration
SET LOCAL lock_timeout = '5s';

-- The log: append-only, gapless per document, hash-chained. Truth; everything else can be made from it.
CREATE TABLE collab_update (
  doc_id uuid NOT NULL REFERENCES collab_doc,
  seq bigint NOT NULL CHECK (seq > 0),
  epoch integer NOT NULL,
  user_id uuid NOT NULL REFERENCES bruker,
  session_id uuid,
  conn_id uuid,
  at_us bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('init', 'edit', 'normalise', 'restore')),
  upd bytea NOT NULL,
  upd_sha256 bytea NOT NULL CHECK (length(upd_sha256) = 32),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (doc_id, seq)
);
CREATE TRIGGER collab_update_uforanderlig BEFORE UPDATE OR DELETE ON collab_update FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER collab_update_tommes_ikke BEFORE TRUNCATE ON collab_update FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- A Yjs clientID belongs to one person per document (promise 2).
CREATE TABLE collab_client (
  doc_id uuid NOT NULL REFERENCES collab_doc,
  client_id bigint NOT NULL CHECK (client_id >= 0),
  user_id uuid NOT NULL REFERENCES bruker,
  PRIMARY KEY (doc_id, client_id)
);
CREATE TRIGGER collab_client_uforanderlig BEFORE UPDATE OR DELETE ON collab_client FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER collab_client_tommes_ikke BEFORE TRUNCATE ON collab_client FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- A cache: rebuildable from the log at any time, and checked against it before use.
CREATE TABLE collab_snapshot (
  doc_id uuid PRIMARY KEY REFERENCES collab_doc,
  seq bigint NOT NULL,
  epoch integer NOT NULL,
  head_hash bytea NOT NULL,
  state_v2 bytea NOT NULL,
  state_sha256 bytea NOT NULL,
  sv bytea NOT NULL
);

-- Refused writes: kept aside, visible to their author only.
CREATE TABLE collab_reject (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  doc_id uuid NOT NULL REFERENCES collab_doc,
  user_id uuid NOT NULL REFERENCES bruker,
  at_us bigint NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  upd bytea NOT NULL
);
CREATE INDEX collab_reject_forfatter ON collab_reject (doc_id, user_id);

-- A finished document is finished on every route, the owner's too; and the identity of a document never changes.
CREATE FUNCTION collab_doc_vakt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('final', 'cancelled') THEN
    RAISE EXCEPTION 'document % is %', OLD.id, OLD.state USING ERRCODE = 'LK001';
  END IF;
  IF NEW.id <> OLD.id OR NEW.head_seq < OLD.head_seq OR NEW.epoch < OLD.epoch OR NEW.access_version < OLD.access_version THEN
    RAISE EXCEPTION 'document % cannot go back', OLD.id USING ERRCODE = 'LK001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER collab_doc_vakt BEFORE UPDATE ON collab_doc FOR EACH ROW EXECUTE FUNCTION collab_doc_vakt();
CREATE TRIGGER collab_doc_slettes_ikke BEFORE DELETE ON collab_doc FOR EACH ROW EXECUTE FUNCTION nekt_endring();
CREATE TRIGGER collab_doc_tommes_ikke BEFORE TRUNCATE ON collab_doc FOR EACH STATEMENT EXECUTE FUNCTION nekt_endring();

-- The link of the chain: a fixed binary encoding of the previous hash and all columns, upd_sha256 in place of the bytes,
-- so that a later, lawful sladding can keep the chain. Null and present are told apart by a leading byte.
CREATE FUNCTION collab_row_hash(
  prev bytea, doc_id uuid, seq bigint, epoch integer, user_id uuid, session_id uuid, conn_id uuid, at_us bigint, kind text,
  upd_sha256 bytea
) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT sha256(
    '\x01'::bytea || prev || uuid_send(doc_id) || int8send(seq) || int4send(epoch) || uuid_send(user_id)
    || coalesce('\x01'::bytea || uuid_send(session_id), '\x00'::bytea)
    || coalesce('\x01'::bytea || uuid_send(conn_id), '\x00'::bytea)
    || int8send(at_us) || int4send(octet_length(kind)) || convert_to(kind, 'UTF8') || upd_sha256
  )
$$;

-- Creates a document with its init row (seq 1, epoch 1), in the transaction that creates the samtale.
CREATE FUNCTION collab_create(p_doc uuid, p_schema_version integer, p_user uuid, p_at_us bigint, p_upd bytea)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_hash bytea := collab_row_hash(decode(repeat('00', 32), 'hex'), p_doc, 1, 1, p_user, NULL, NULL, p_at_us, 'init', sha256(p_upd));
BEGIN
  INSERT INTO collab_doc (id, schema_version, head_seq, head_hash) VALUES (p_doc, p_schema_version, 1, v_hash);
  INSERT INTO collab_update (doc_id, seq, epoch, user_id, at_us, kind, upd, upd_sha256, hash)
  VALUES (p_doc, 1, 1, p_user, p_at_us, 'init', p_upd, sha256(p_upd), v_hash);
END
$$;

-- The write path (collab.md). One call for all documents of a turn. Locks in id order; judges head, state, access and
-- clientIDs in that order; never raises for one document's fault; answers per document:
--   ok | behind (somebody else appended, or another epoch) | stale (access was decided at an older version)
--   | closing | closed (final, cancelled, unknown) | refused (rows whose clientID is another person's, named by index).
-- Rows are named by their 1-based place in the row arrays; p_row_doc by the place in p_docs. Times are microseconds since 1970.
CREATE FUNCTION collab_append(
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
    ELSIF d.state = 'closing' AND p_at_us > extract(epoch FROM d.closing_at) * 1000000 + 1000000 THEN
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

-- planlagt → aktiv with the first word written (product.md, «States»), in the transaction of that word.
CREATE FUNCTION samtale_aktiver(p_samtale uuid, p_user uuid, p_at_us bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE samtale SET status = 'aktiv' WHERE id = p_samtale AND status = 'planlagt';
  IF FOUND THEN
    INSERT INTO hendelse (at, type, aktor_id, aktor_rolle, lis_id, objekt_id)
    SELECT to_timestamp(p_at_us / 1000000.0), 'samtale.aktiv', p_user,
      (SELECT rolle FROM samtale_deltaker WHERE samtale_id = s.id AND person_id = p_user ORDER BY fra DESC LIMIT 1), s.lis_id, s.id
    FROM samtale s WHERE s.id = p_samtale;
  END IF;
END
$$;

-- Binds a clientID to a person unless it is bound; returns the person it belongs to.
CREATE FUNCTION collab_bind(p_doc uuid, p_client_id bigint, p_user uuid)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_owner uuid;
BEGIN
  INSERT INTO collab_client (doc_id, client_id, user_id) VALUES (p_doc, p_client_id, p_user) ON CONFLICT DO NOTHING;
  SELECT user_id INTO v_owner FROM collab_client WHERE doc_id = p_doc AND client_id = p_client_id;
  RETURN v_owner;
END
$$;

-- Keeps refused writes for their author.
CREATE FUNCTION collab_keep_rejected(p_doc uuid, p_user uuid, p_at_us bigint, p_reason text, p_upd bytea)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO collab_reject (doc_id, user_id, at_us, reason, upd) VALUES (p_doc, p_user, p_at_us, p_reason, p_upd)
$$;

-- Stores a snapshot if it is newer than the one there and stands on a row of the log; returns whether it was stored.
CREATE FUNCTION collab_put_snapshot(p_doc uuid, p_seq bigint, p_epoch integer, p_state_v2 bytea, p_sv bytea)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO collab_snapshot AS s (doc_id, seq, epoch, head_hash, state_v2, state_sha256, sv)
  SELECT u.doc_id, u.seq, u.epoch, u.hash, p_state_v2, sha256(p_state_v2), p_sv
  FROM collab_update u WHERE u.doc_id = p_doc AND u.seq = p_seq AND u.epoch = p_epoch
  ON CONFLICT (doc_id) DO UPDATE
  SET seq = EXCLUDED.seq, epoch = EXCLUDED.epoch, head_hash = EXCLUDED.head_hash, state_v2 = EXCLUDED.state_v2,
      state_sha256 = EXCLUDED.state_sha256, sv = EXCLUDED.sv
  WHERE s.seq < EXCLUDED.seq;
  RETURN FOUND;
END
$$;

-- Takes the document's row lock for the transaction. Whoever changes a samtale takes it before the samtale's own row, in the
-- order of collab_append, so that the two never wait for each other.
CREATE FUNCTION collab_lock(p_doc uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT 1 FROM collab_doc WHERE id = p_doc FOR UPDATE
$$;

-- Avlys: the document takes no more. False when it is already final or cancelled.
CREATE FUNCTION collab_cancel(p_doc uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE collab_doc SET state = 'cancelled', closing_at = NULL, closing_until = NULL, access_version = access_version + 1
  WHERE id = p_doc AND state IN ('open', 'closing');
  RETURN FOUND;
END
$$;

-- Tells that who may do what with these documents has changed: connections decided at an older version are decided anew.
CREATE FUNCTION collab_access_changed(p_docs uuid[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM collab_doc WHERE id = ANY (p_docs) ORDER BY id FOR UPDATE;
  UPDATE collab_doc SET access_version = access_version + 1 WHERE id = ANY (p_docs) AND state IN ('open', 'closing');
END
$$;

REVOKE ALL ON FUNCTION collab_create, collab_append, samtale_aktiver, collab_bind, collab_keep_rejected, collab_put_snapshot,
  collab_lock, collab_cancel, collab_access_changed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION collab_append, collab_bind, collab_keep_rejected, collab_put_snapshot TO lisk_ws;
GRANT EXECUTE ON FUNCTION collab_create, collab_lock, collab_cancel, collab_access_changed TO lisk_web;
GRANT EXECUTE ON FUNCTION collab_put_snapshot TO lisk_worker;
GRANT SELECT ON collab_update, collab_client, collab_snapshot TO lisk_web, lisk_ws, lisk_worker;
GRANT SELECT ON collab_reject TO lisk_web;

-- Down Migration
