-- Up Migration
SET LOCAL lock_timeout = '5s';

-- As in 0005, but a caller may ask not to wait for a document that another node is writing to (collab.md, «The write path»): it is
-- answered `locked`, nothing of it is done, and the others of the call are not held up by it.
DROP FUNCTION collab_append(uuid[], bigint[], integer[], bigint, integer[], uuid[], uuid[], uuid[], integer[], text[], bytea[], integer[], bigint[]);
CREATE FUNCTION collab_append(
  p_docs uuid[], p_heads bigint[], p_epochs integer[], p_at_us bigint,
  p_row_doc integer[], p_user uuid[], p_session uuid[], p_conn uuid[], p_access integer[], p_kind text[], p_upd bytea[],
  p_client_row integer[], p_client_id bigint[], p_wait boolean DEFAULT true
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
    IF p_wait THEN
      SELECT * INTO d FROM collab_doc WHERE id = p_docs[v_doc] FOR UPDATE;
    ELSE
      SELECT * INTO d FROM collab_doc WHERE id = p_docs[v_doc] FOR UPDATE SKIP LOCKED;
    END IF;
    doc_id := p_docs[v_doc];
    head_seq := d.head_seq;
    access_version := d.access_version;
    refused := NULL;

    IF d.id IS NULL THEN
      outcome := CASE WHEN NOT p_wait AND EXISTS (SELECT FROM collab_doc WHERE id = p_docs[v_doc]) THEN 'locked' ELSE 'closed' END;
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
REVOKE ALL ON FUNCTION collab_append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION collab_append TO lisk_ws;

-- Down Migration
