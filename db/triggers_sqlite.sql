-- absences_recorded_delete
CREATE TRIGGER absences_recorded_delete AFTER DELETE ON absences BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('absence', 'deletion', OLD.id);
    END

-- absences_recorded_insert
CREATE TRIGGER absences_recorded_insert AFTER INSERT ON absences BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('absence', 'insert', NEW.id);
    END

-- absences_recorded_update
CREATE TRIGGER absences_recorded_update AFTER UPDATE ON absences BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('absence', 'alteration', NEW.id);
    END

-- attendance_altered
CREATE TRIGGER attendance_altered AFTER UPDATE ON attendance_log WHEN OLD.trace_id = NEW.trace_id AND (OLD.id IS NOT NEW.id OR OLD.employee_id IS NOT NEW.employee_id OR OLD.timestamp IS NOT NEW.timestamp OR OLD.event_type IS NOT NEW.event_type OR OLD.confidence IS NOT NEW.confidence OR OLD.kiosk_id IS NOT NEW.kiosk_id OR OLD.method IS NOT NEW.method) BEGIN 
    INSERT INTO change_counter (id, number)
    SELECT 1, (SELECT coalesce(max(id), 0) FROM attendance_changes) WHERE NOT EXISTS (SELECT 1 FROM change_counter);
    UPDATE change_counter SET number = number + 1;
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT number, CASE WHEN OLD.employee_id IS NOT NULL AND NEW.employee_id IS NULL THEN 'erasure' ELSE 'alteration' END, NEW.trace_id, coalesce(actor, 'sql') FROM change_counter;
 END

-- attendance_changes_append_only
CREATE TRIGGER attendance_changes_append_only BEFORE DELETE ON attendance_changes BEGIN SELECT RAISE(ABORT, 'attendance_changes is append-only'); END

-- attendance_changes_unchanged
CREATE TRIGGER attendance_changes_unchanged BEFORE UPDATE ON attendance_changes WHEN OLD.digest IS NOT NULL OR OLD.id IS NOT NEW.id OR OLD.at IS NOT NEW.at OR OLD.kind IS NOT NEW.kind OR OLD.trace_id IS NOT NEW.trace_id OR OLD.actor IS NOT NEW.actor BEGIN SELECT RAISE(ABORT, 'attendance_changes is append-only'); END

-- attendance_corrected
CREATE TRIGGER attendance_corrected AFTER INSERT ON attendance_corrections BEGIN 
    INSERT INTO change_counter (id, number)
    SELECT 1, (SELECT coalesce(max(id), 0) FROM attendance_changes) WHERE NOT EXISTS (SELECT 1 FROM change_counter);
    UPDATE change_counter SET number = number + 1;
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT number, CASE NEW.action WHEN 'undo' THEN 'undo' ELSE 'correction' END, (SELECT trace_id FROM attendance_log WHERE id = NEW.attendance_id), coalesce(actor, 'sql') FROM change_counter;
 END

-- attendance_deleted
CREATE TRIGGER attendance_deleted AFTER DELETE ON attendance_log BEGIN 
    INSERT INTO change_counter (id, number)
    SELECT 1, (SELECT coalesce(max(id), 0) FROM attendance_changes) WHERE NOT EXISTS (SELECT 1 FROM change_counter);
    UPDATE change_counter SET number = number + 1;
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT number, 'deletion', OLD.trace_id, coalesce(actor, 'sql') FROM change_counter;
 END

-- attendance_inserted
CREATE TRIGGER attendance_inserted AFTER INSERT ON attendance_log BEGIN 
    INSERT INTO change_counter (id, number)
    SELECT 1, (SELECT coalesce(max(id), 0) FROM attendance_changes) WHERE NOT EXISTS (SELECT 1 FROM change_counter);
    UPDATE change_counter SET number = number + 1;
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT number, 'insert', NEW.trace_id, coalesce(actor, 'sql') FROM change_counter;
 END

-- attendance_reason_given
CREATE TRIGGER attendance_reason_given AFTER INSERT ON attendance_reasons BEGIN 
    INSERT INTO change_counter (id, number)
    SELECT 1, (SELECT coalesce(max(id), 0) FROM attendance_changes) WHERE NOT EXISTS (SELECT 1 FROM change_counter);
    UPDATE change_counter SET number = number + 1;
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT number, 'correction', (SELECT trace_id FROM attendance_log WHERE id = NEW.attendance_id),
        coalesce(actor, 'sql') FROM change_counter;
 END

-- attendance_renamed
CREATE TRIGGER attendance_renamed AFTER UPDATE ON attendance_log WHEN OLD.trace_id <> NEW.trace_id BEGIN 
    INSERT INTO change_counter (id, number)
    SELECT 1, (SELECT coalesce(max(id), 0) FROM attendance_changes) WHERE NOT EXISTS (SELECT 1 FROM change_counter);
    UPDATE change_counter SET number = number + 1;
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT number, 'deletion', OLD.trace_id, coalesce(actor, 'sql') FROM change_counter;
 
    INSERT INTO change_counter (id, number)
    SELECT 1, (SELECT coalesce(max(id), 0) FROM attendance_changes) WHERE NOT EXISTS (SELECT 1 FROM change_counter);
    UPDATE change_counter SET number = number + 1;
    INSERT INTO attendance_changes (id, kind, trace_id, actor)
    SELECT number, 'insert', NEW.trace_id, coalesce(actor, 'sql') FROM change_counter;
 END

-- audit_log_delete
CREATE TRIGGER audit_log_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END

-- audit_log_update
CREATE TRIGGER audit_log_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END

-- calendar_days_recorded_delete
CREATE TRIGGER calendar_days_recorded_delete AFTER DELETE ON calendar_days BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('calendar_day', 'deletion', OLD.id);
    END

-- calendar_days_recorded_insert
CREATE TRIGGER calendar_days_recorded_insert AFTER INSERT ON calendar_days BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('calendar_day', 'insert', NEW.id);
    END

-- calendar_days_recorded_update
CREATE TRIGGER calendar_days_recorded_update AFTER UPDATE ON calendar_days BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('calendar_day', 'alteration', NEW.id);
    END

-- corrections_delete
CREATE TRIGGER corrections_delete 
        BEFORE DELETE ON attendance_corrections
        WHEN EXISTS (SELECT 1 FROM attendance_log WHERE id = OLD.attendance_id)
        BEGIN SELECT RAISE(ABORT, 'attendance_corrections is append-only'); END

-- corrections_month_closed
CREATE TRIGGER corrections_month_closed AFTER INSERT ON attendance_corrections WHEN 
    EXISTS (
        SELECT 1 FROM closed_months AS closed JOIN attendance_log AS corrected ON corrected.id = NEW.attendance_id
        WHERE closed.reopened_at IS NULL AND NEW.id > closed.last_correction_id
        AND corrected.employee_id IS NOT NULL AND corrected.timestamp < closed.ends_at
        AND corrected.timestamp >= CASE corrected.event_type
            WHEN 'entry' THEN closed.begins_at ELSE closed.exits_from_at END
    )

    BEGIN SELECT RAISE(ABORT, 'the month is closed'); END

-- corrections_update
CREATE TRIGGER corrections_update 
        BEFORE UPDATE ON attendance_corrections
        BEGIN SELECT RAISE(ABORT, 'attendance_corrections is append-only'); END

-- employees_activity_changed
CREATE TRIGGER employees_activity_changed AFTER UPDATE ON employees
    WHEN OLD.is_active <> NEW.is_active AND OLD.updated_at = NEW.updated_at
    BEGIN UPDATE employees SET updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now') WHERE id = NEW.id; END

-- employees_recorded_delete
CREATE TRIGGER employees_recorded_delete AFTER DELETE ON employees BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('employee', 'deletion', OLD.id);
    END

-- employees_recorded_insert
CREATE TRIGGER employees_recorded_insert AFTER INSERT ON employees BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('employee', 'insert', NEW.id);
    END

-- employees_recorded_update
CREATE TRIGGER employees_recorded_update AFTER UPDATE ON employees BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('employee', 'alteration', NEW.id);
    END

-- gallery_embeddings_delete
CREATE TRIGGER gallery_embeddings_delete AFTER DELETE ON embeddings BEGIN UPDATE gallery_changes SET version = version + 1; END

-- gallery_embeddings_insert
CREATE TRIGGER gallery_embeddings_insert AFTER INSERT ON embeddings BEGIN UPDATE gallery_changes SET version = version + 1; END

-- gallery_embeddings_update
CREATE TRIGGER gallery_embeddings_update AFTER UPDATE ON embeddings BEGIN UPDATE gallery_changes SET version = version + 1; END

-- gallery_employees_changed
CREATE TRIGGER gallery_employees_changed AFTER UPDATE ON employees WHEN OLD.is_active <> NEW.is_active OR OLD.full_name <> NEW.full_name OR OLD.called IS NOT NEW.called BEGIN UPDATE gallery_changes SET version = version + 1; END

-- gallery_employees_deleted
CREATE TRIGGER gallery_employees_deleted AFTER DELETE ON employees BEGIN UPDATE gallery_changes SET version = version + 1; END

-- reasons_append_only
CREATE TRIGGER reasons_append_only 
        BEFORE UPDATE ON attendance_reasons
        BEGIN SELECT RAISE(ABORT, 'attendance_reasons is append-only'); END

-- reasons_deleted
CREATE TRIGGER reasons_deleted 
        BEFORE DELETE ON attendance_reasons WHEN EXISTS (SELECT 1 FROM attendance_log WHERE id = OLD.attendance_id)
        BEGIN SELECT RAISE(ABORT, 'attendance_reasons is append-only'); END

-- schedule_assignments_recorded_delete
CREATE TRIGGER schedule_assignments_recorded_delete AFTER DELETE ON schedule_assignments BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('assignment', 'deletion', OLD.id);
    END

-- schedule_assignments_recorded_insert
CREATE TRIGGER schedule_assignments_recorded_insert AFTER INSERT ON schedule_assignments BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('assignment', 'insert', NEW.id);
    END

-- schedule_assignments_recorded_update
CREATE TRIGGER schedule_assignments_recorded_update AFTER UPDATE ON schedule_assignments BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('assignment', 'alteration', NEW.id);
    END

-- schedules_recorded_delete
CREATE TRIGGER schedules_recorded_delete AFTER DELETE ON schedules BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('schedule', 'deletion', OLD.id);
    END

-- schedules_recorded_insert
CREATE TRIGGER schedules_recorded_insert AFTER INSERT ON schedules BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('schedule', 'insert', NEW.id);
    END

-- schedules_recorded_update
CREATE TRIGGER schedules_recorded_update AFTER UPDATE ON schedules BEGIN
        INSERT INTO record_changes (subject, kind, subject_id) VALUES ('schedule', 'alteration', NEW.id);
    END
