-- Up Migration
SET LOCAL lock_timeout = '5s';

-- As before, in a form that PostgreSQL can put into the query that calls it: with a SET clause each call had settings put on and off.
-- The body is parsed here and now, so no search_path can give its names another meaning.
CREATE OR REPLACE FUNCTION collab_row_hash(
  prev bytea, doc_id uuid, seq bigint, epoch integer, user_id uuid, session_id uuid, conn_id uuid, at_us bigint, kind text,
  upd_sha256 bytea
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(
  '\x01'::bytea || prev || uuid_send(doc_id) || int8send(seq) || int4send(epoch) || uuid_send(user_id)
  || coalesce('\x01'::bytea || uuid_send(session_id), '\x00'::bytea)
  || coalesce('\x01'::bytea || uuid_send(conn_id), '\x00'::bytea)
  || int8send(at_us) || int4send(octet_length(kind)) || convert_to(kind, 'UTF8') || upd_sha256
);

-- As in 0015, but all rows of all documents of the call are written by one INSERT, and all heads by one UPDATE: a key costs PostgreSQL
-- a fraction of what it did. It is planned once, for many documents, without joins that would go through all of them for each.
-- The rows of a document lie side by side (p_first, p_count), and so do their bytes in p_upd (p_len).
-- It answers only of documents whose rows were not written: all others now end where the caller expects.
DROP FUNCTION collab_append(
  uuid[], bigint[], integer[], bigint, integer[], uuid[], uuid[], uuid[], integer[], text[], bytea[], integer[], bigint[], boolean);
CREATE FUNCTION collab_append(
  p_docs uuid[], p_heads bigint[], p_epochs integer[], p_first integer[], p_count integer[], p_at_us bigint,
  p_user uuid[], p_session uuid[], p_conn uuid[], p_access integer[], p_kind text[], p_upd bytea, p_len integer[],
  p_client_row integer[], p_client_id bigint[], p_wait boolean
) RETURNS TABLE (doc_id uuid, outcome text, refused integer[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  d record;
  v_row integer;
  v_from integer;
  v_last integer;
  v_seq bigint;
  v_hash bytea;
  v_first uuid;
  v_found uuid[] := '{}';
  -- Where the bytes of each row begin in p_upd.
  v_at integer[] := '{}';
  -- The rows to be written, and the documents that get them.
  v_rows integer[] := '{}';
  v_row_doc uuid[] := '{}';
  v_row_epoch integer[] := '{}';
  v_row_seq bigint[] := '{}';
  v_row_hash bytea[] := '{}';
  v_docs uuid[] := '{}';
  v_doc_seq bigint[] := '{}';
  v_doc_hash bytea[] := '{}';
BEGIN
  v_from := 1;
  FOR v_row IN 1 .. cardinality(p_len) LOOP
    v_at[v_row] := v_from;
    v_from := v_from + p_len[v_row];
  END LOOP;

  IF p_wait THEN
    PERFORM FROM collab_doc WHERE id = ANY (p_docs) ORDER BY id FOR UPDATE;
  END IF;
  FOR d IN
    SELECT c.*, array_position(p_docs, c.id) AS i FROM collab_doc c WHERE c.id = ANY (p_docs) ORDER BY c.id FOR UPDATE SKIP LOCKED
  LOOP
    v_found := v_found || d.id;
    doc_id := d.id;
    refused := NULL;
    v_from := p_first[d.i];
    v_last := v_from + p_count[d.i] - 1;

    IF d.head_seq <> p_heads[d.i] OR d.epoch <> p_epochs[d.i] THEN
      outcome := 'behind';
    ELSIF d.state IN ('final', 'cancelled') THEN
      outcome := 'closed';
    -- By the database's own clock as well: a server whose clock lags must not write after the grace has passed.
    ELSIF d.state = 'closing' AND greatest(collab_time(p_at_us), clock_timestamp()) > d.closing_at + collab_grace() THEN
      outcome := 'closing';
    ELSE
      outcome := 'ok';
      FOR v_row IN v_from .. v_last LOOP
        IF p_access[v_row] <> d.access_version THEN
          outcome := 'stale';
        END IF;
      END LOOP;
    END IF;

    -- New clientIDs are few: a connection brings its own once.
    IF outcome = 'ok' AND cardinality(p_client_row) > 0 THEN
      -- A binding that another connection of another person made first wins; the insert takes its lock.
      INSERT INTO collab_client (doc_id, client_id, user_id)
      SELECT DISTINCT ON (c.client_id) d.id, c.client_id, p_user[c.row_no]
      FROM unnest(p_client_row, p_client_id) AS c (row_no, client_id)
      WHERE c.row_no BETWEEN v_from AND v_last
      ORDER BY c.client_id, c.row_no
      ON CONFLICT DO NOTHING;

      SELECT array_agg(DISTINCT c.row_no ORDER BY c.row_no) INTO refused
      FROM unnest(p_client_row, p_client_id) AS c (row_no, client_id)
      JOIN collab_client b ON b.doc_id = d.id AND b.client_id = c.client_id
      WHERE c.row_no BETWEEN v_from AND v_last AND b.user_id <> p_user[c.row_no];
      IF refused IS NOT NULL THEN
        outcome := 'refused';
      END IF;
    END IF;

    IF outcome = 'ok' THEN
      v_seq := d.head_seq;
      v_hash := d.head_hash;
      v_first := NULL;
      FOR v_row IN v_from .. v_last LOOP
        v_seq := v_seq + 1;
        v_hash := collab_row_hash(v_hash, d.id, v_seq, d.epoch, p_user[v_row], p_session[v_row], p_conn[v_row], p_at_us, p_kind[v_row],
          sha256(substring(p_upd FROM v_at[v_row] FOR p_len[v_row])));
        v_rows := v_rows || v_row;
        v_row_doc := v_row_doc || d.id;
        v_row_epoch := v_row_epoch || d.epoch;
        v_row_seq := v_row_seq || v_seq;
        v_row_hash := v_row_hash || v_hash;
        IF v_first IS NULL AND p_kind[v_row] = 'edit' THEN
          v_first := p_user[v_row];
        END IF;
      END LOOP;
      v_docs := v_docs || d.id;
      v_doc_seq := v_doc_seq || v_seq;
      v_doc_hash := v_doc_hash || v_hash;
      IF d.head_seq = 1 AND v_first IS NOT NULL THEN
        PERFORM samtale_aktiver(d.id, v_first, p_at_us);
      END IF;
    ELSE
      RETURN NEXT;
    END IF;
  END LOOP;

  INSERT INTO collab_update (doc_id, seq, epoch, user_id, session_id, conn_id, at_us, kind, upd, upd_sha256, hash)
  SELECT t.doc_id, t.seq, t.epoch, p_user[t.i], p_session[t.i], p_conn[t.i], p_at_us, p_kind[t.i], t.upd, sha256(t.upd), t.hash
  FROM (
    SELECT r.*, substring(p_upd FROM v_at[r.i] FOR p_len[r.i]) AS upd
    FROM unnest(v_rows, v_row_doc, v_row_epoch, v_row_seq, v_row_hash) AS r (i, doc_id, epoch, seq, hash)
    OFFSET 0
  ) AS t;
  UPDATE collab_doc SET head_seq = v_doc_seq[array_position(v_docs, id)], head_hash = v_doc_hash[array_position(v_docs, id)]
  WHERE id = ANY (v_docs);

  IF cardinality(v_found) < cardinality(p_docs) THEN
    refused := NULL;
    FOR doc_id, outcome IN
      SELECT t.id, CASE WHEN c.id IS NULL THEN 'closed' ELSE 'locked' END
      FROM unnest(p_docs) AS t (id) LEFT JOIN collab_doc c ON c.id = t.id
      WHERE t.id <> ALL (v_found)
    LOOP
      RETURN NEXT;
    END LOOP;
  END IF;
END
$$;
REVOKE ALL ON FUNCTION collab_append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION collab_append TO lisk_ws;

-- As in 0006, by the new form.
CREATE OR REPLACE FUNCTION collab_restore(
  p_doc uuid, p_head bigint, p_epoch integer, p_user uuid, p_at_us bigint, p_client_id bigint, p_upd bytea
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  d collab_doc%ROWTYPE;
BEGIN
  SELECT * INTO d FROM collab_doc WHERE id = p_doc FOR UPDATE;
  IF d.state = 'closing' THEN
    RETURN 'closing';
  END IF;
  RETURN coalesce((
    SELECT a.outcome FROM collab_append(
      ARRAY[p_doc], ARRAY[p_head], ARRAY[p_epoch], ARRAY[1], ARRAY[1], p_at_us,
      ARRAY[p_user], ARRAY[NULL]::uuid[], ARRAY[NULL]::uuid[], ARRAY[d.access_version], ARRAY['restore'], p_upd, ARRAY[length(p_upd)],
      ARRAY[1], ARRAY[p_client_id], true
    ) a
  ), 'ok');
END
$$;

-- Down Migration
