-- kiosk_activity_changed()
CREATE OR REPLACE FUNCTION kiosk_activity_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
        NEW.updated_at = clock_timestamp();
        RETURN NEW;
    END $function$

-- kiosk_append_only()
CREATE OR REPLACE FUNCTION kiosk_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END $function$

-- kiosk_attendance_changed()
CREATE OR REPLACE FUNCTION kiosk_attendance_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            PERFORM kiosk_record_change('deletion', trace_id) FROM attendance_log;
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM kiosk_record_change('deletion', OLD.trace_id);
        ELSIF TG_OP = 'INSERT' THEN
            PERFORM kiosk_record_change('insert', NEW.trace_id);
        ELSIF OLD.trace_id <> NEW.trace_id THEN
            PERFORM kiosk_record_change('deletion', OLD.trace_id);
            PERFORM kiosk_record_change('insert', NEW.trace_id);
        ELSIF OLD.employee_id IS NOT NULL AND NEW.employee_id IS NULL THEN
            PERFORM kiosk_record_change('erasure', NEW.trace_id);
        ELSE
            PERFORM kiosk_record_change('alteration', NEW.trace_id);
        END IF;
        RETURN NULL;
    END $function$

-- kiosk_attendance_corrected()
CREATE OR REPLACE FUNCTION kiosk_attendance_corrected()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
        PERFORM kiosk_record_change(CASE NEW.action WHEN 'undo' THEN 'undo' ELSE 'correction' END, trace_id)
        FROM attendance_log WHERE id = NEW.attendance_id;
        RETURN NULL;
    END $function$

-- kiosk_correction_deleted()
CREATE OR REPLACE FUNCTION kiosk_correction_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
        IF EXISTS (SELECT 1 FROM attendance_log WHERE id = OLD.attendance_id) THEN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END IF;
        RETURN OLD;
    END $function$

-- kiosk_gallery_changed()
CREATE OR REPLACE FUNCTION kiosk_gallery_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE
        changed bigint;
    BEGIN
        IF current_setting('kiosk.gallery_changed', true) = 'yes' THEN
            RETURN NULL;
        END IF;
        PERFORM kiosk_lock_changes(0);
        UPDATE gallery_changes SET version = version + 1 RETURNING version INTO changed;
        PERFORM set_config('kiosk.gallery_changed', 'yes', true);
        PERFORM pg_notify('kiosk_gallery', changed::text);
        RETURN NULL;
    END $function$

-- kiosk_lock_changes()
CREATE OR REPLACE FUNCTION kiosk_lock_changes(added integer)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
    DECLARE
        place tid := nullif(current_setting('kiosk.change_counter', true), '')::tid;
        latest bigint;
    BEGIN
        IF place IS NULL THEN
            UPDATE change_counter SET number = number + added WHERE id = 1 RETURNING number, ctid INTO latest, place;
        ELSE
            UPDATE change_counter SET number = number + added WHERE ctid = place RETURNING number, ctid
            INTO latest, place;
        END IF;
        IF latest IS NULL THEN
            INSERT INTO change_counter (id, number)
            SELECT 1, coalesce(max(id), 0) + added FROM attendance_changes
            ON CONFLICT (id) DO UPDATE SET number = change_counter.number + added
            RETURNING number, ctid INTO latest, place;
        END IF;
        PERFORM set_config('kiosk.change_counter', place::text, true);
        RETURN latest;
    END $function$

-- kiosk_month_closed()
CREATE OR REPLACE FUNCTION kiosk_month_closed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
        IF 
    EXISTS (
        SELECT 1 FROM closed_months AS closed JOIN attendance_log AS corrected ON corrected.id = NEW.attendance_id
        WHERE closed.reopened_at IS NULL AND NEW.id > closed.last_correction_id
        AND corrected.employee_id IS NOT NULL AND corrected.timestamp < closed.ends_at
        AND corrected.timestamp >= CASE corrected.event_type
            WHEN 'entry' THEN closed.begins_at ELSE closed.exits_from_at END
    )
 THEN
            RAISE EXCEPTION 'the month is closed';
        END IF;
        RETURN NULL;
    END $function$

-- kiosk_reason_given()
CREATE OR REPLACE FUNCTION kiosk_reason_given()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
        PERFORM kiosk_record_change('correction', trace_id) FROM attendance_log WHERE id = NEW.attendance_id;
        RETURN NULL;
    END $function$

-- kiosk_record_change()
CREATE OR REPLACE FUNCTION kiosk_record_change(change_kind text, changed_trace_id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    BEGIN
        INSERT INTO attendance_changes (id, kind, trace_id, actor)
        VALUES (
            kiosk_lock_changes(1), change_kind, changed_trace_id,
            coalesce(nullif(current_setting('kiosk.actor', true), ''), 'sql:' || session_user)
        );
        PERFORM pg_notify('kiosk_attendance', '');
    END $function$

-- kiosk_record_changed()
CREATE OR REPLACE FUNCTION kiosk_record_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
        PERFORM kiosk_lock_changes(0);
        IF TG_OP = 'DELETE' THEN
            INSERT INTO record_changes (subject, kind, subject_id) VALUES (TG_ARGV[0], 'deletion', OLD.id);
        ELSE
            INSERT INTO record_changes (subject, kind, subject_id)
            VALUES (TG_ARGV[0], CASE TG_OP WHEN 'INSERT' THEN 'insert' ELSE 'alteration' END, NEW.id);
        END IF;
        RETURN NULL;
    END $function$

-- gallery_embeddings
CREATE CONSTRAINT TRIGGER gallery_embeddings AFTER INSERT OR DELETE OR UPDATE ON embeddings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_gallery_changed()

-- gallery_embeddings_truncated
CREATE TRIGGER gallery_embeddings_truncated AFTER TRUNCATE ON embeddings FOR EACH STATEMENT EXECUTE FUNCTION kiosk_gallery_changed()

-- gallery_employees_deleted
CREATE CONSTRAINT TRIGGER gallery_employees_deleted AFTER DELETE ON employees DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_gallery_changed()

-- audit_log_append_only
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION kiosk_append_only()

-- employees_activity_changed
CREATE TRIGGER employees_activity_changed BEFORE UPDATE ON employees FOR EACH ROW WHEN (old.is_active <> new.is_active AND old.updated_at = new.updated_at) EXECUTE FUNCTION kiosk_activity_changed()

-- audit_log_not_truncated
CREATE TRIGGER audit_log_not_truncated BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION kiosk_append_only()

-- attendance_inserted
CREATE CONSTRAINT TRIGGER attendance_inserted AFTER INSERT OR DELETE ON attendance_log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_attendance_changed()

-- attendance_altered
CREATE CONSTRAINT TRIGGER attendance_altered AFTER UPDATE ON attendance_log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((to_jsonb(old.*) - 'photo_path'::text) IS DISTINCT FROM (to_jsonb(new.*) - 'photo_path'::text)) EXECUTE FUNCTION kiosk_attendance_changed()

-- attendance_truncated
CREATE TRIGGER attendance_truncated BEFORE TRUNCATE ON attendance_log FOR EACH STATEMENT EXECUTE FUNCTION kiosk_attendance_changed()

-- attendance_changes_append_only
CREATE TRIGGER attendance_changes_append_only BEFORE DELETE ON attendance_changes FOR EACH ROW EXECUTE FUNCTION kiosk_append_only()

-- attendance_changes_unchanged
CREATE TRIGGER attendance_changes_unchanged BEFORE UPDATE ON attendance_changes FOR EACH ROW WHEN (old.digest IS NOT NULL OR (to_jsonb(old.*) - 'digest'::text) IS DISTINCT FROM (to_jsonb(new.*) - 'digest'::text)) EXECUTE FUNCTION kiosk_append_only()

-- attendance_changes_not_truncated
CREATE TRIGGER attendance_changes_not_truncated BEFORE TRUNCATE ON attendance_changes FOR EACH STATEMENT EXECUTE FUNCTION kiosk_append_only()

-- attendance_reason_given
CREATE CONSTRAINT TRIGGER attendance_reason_given AFTER INSERT ON attendance_reasons DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_reason_given()

-- reasons_append_only
CREATE TRIGGER reasons_append_only BEFORE UPDATE ON attendance_reasons FOR EACH ROW EXECUTE FUNCTION kiosk_append_only()

-- reasons_deleted
CREATE TRIGGER reasons_deleted BEFORE DELETE ON attendance_reasons FOR EACH ROW EXECUTE FUNCTION kiosk_correction_deleted()

-- attendance_corrected
CREATE CONSTRAINT TRIGGER attendance_corrected AFTER INSERT ON attendance_corrections DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_attendance_corrected()

-- corrections_append_only
CREATE TRIGGER corrections_append_only BEFORE UPDATE ON attendance_corrections FOR EACH ROW EXECUTE FUNCTION kiosk_append_only()

-- corrections_deleted
CREATE TRIGGER corrections_deleted BEFORE DELETE ON attendance_corrections FOR EACH ROW EXECUTE FUNCTION kiosk_correction_deleted()

-- corrections_month_closed
CREATE TRIGGER corrections_month_closed AFTER INSERT ON attendance_corrections FOR EACH ROW EXECUTE FUNCTION kiosk_month_closed()

-- gallery_employees_changed
CREATE CONSTRAINT TRIGGER gallery_employees_changed AFTER UPDATE ON employees DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.is_active <> new.is_active OR old.full_name <> new.full_name OR old.called IS DISTINCT FROM new.called) EXECUTE FUNCTION kiosk_gallery_changed()

-- employees_recorded
CREATE CONSTRAINT TRIGGER employees_recorded AFTER INSERT OR DELETE ON employees DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_record_changed('employee')

-- employees_recorded_update
CREATE CONSTRAINT TRIGGER employees_recorded_update AFTER UPDATE ON employees DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION kiosk_record_changed('employee')

-- schedules_recorded
CREATE CONSTRAINT TRIGGER schedules_recorded AFTER INSERT OR DELETE ON schedules DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_record_changed('schedule')

-- schedules_recorded_update
CREATE CONSTRAINT TRIGGER schedules_recorded_update AFTER UPDATE ON schedules DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION kiosk_record_changed('schedule')

-- schedule_assignments_recorded
CREATE CONSTRAINT TRIGGER schedule_assignments_recorded AFTER INSERT OR DELETE ON schedule_assignments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_record_changed('assignment')

-- schedule_assignments_recorded_update
CREATE CONSTRAINT TRIGGER schedule_assignments_recorded_update AFTER UPDATE ON schedule_assignments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION kiosk_record_changed('assignment')

-- calendar_days_recorded
CREATE CONSTRAINT TRIGGER calendar_days_recorded AFTER INSERT OR DELETE ON calendar_days DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_record_changed('calendar_day')

-- calendar_days_recorded_update
CREATE CONSTRAINT TRIGGER calendar_days_recorded_update AFTER UPDATE ON calendar_days DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION kiosk_record_changed('calendar_day')

-- absences_recorded
CREATE CONSTRAINT TRIGGER absences_recorded AFTER INSERT OR DELETE ON absences DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kiosk_record_changed('absence')

-- absences_recorded_update
CREATE CONSTRAINT TRIGGER absences_recorded_update AFTER UPDATE ON absences DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION kiosk_record_changed('absence')
