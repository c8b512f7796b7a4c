-- Guards: a row only counts on, and goes only when the newest is two years younger. They catch our own mistakes.
CREATE TRIGGER refusal_begins BEFORE INSERT ON refusal
WHEN new.count < 1 OR new.last_at < new.first_at
BEGIN SELECT raise(ABORT, 'refusal: counts from one, forwards'); END;
--> statement-breakpoint
CREATE TRIGGER refusal_once BEFORE INSERT ON refusal
WHEN EXISTS (SELECT 1 FROM refusal WHERE id = new.id) OR EXISTS (
  SELECT 1 FROM refusal WHERE day = new.day AND account = new.account AND person = new.person
    AND office = new.office AND mandate = new.mandate AND act = new.act AND ledger = new.ledger
    AND stream = new.stream AND code = new.code
)
BEGIN SELECT raise(ABORT, 'refusal: stands there already'); END;
--> statement-breakpoint
CREATE TRIGGER refusal_only_counts BEFORE UPDATE ON refusal
WHEN new.count <= old.count OR new.last_at < old.last_at
  OR new.id IS NOT old.id OR new.day IS NOT old.day OR new.account IS NOT old.account
  OR new.person IS NOT old.person OR new.office IS NOT old.office OR new.mandate IS NOT old.mandate
  OR new.act IS NOT old.act OR new.ledger IS NOT old.ledger OR new.stream IS NOT old.stream
  OR new.code IS NOT old.code OR new.township IS NOT old.township OR new.home IS NOT old.home
  OR new.first_at IS NOT old.first_at OR new.first_reference IS NOT old.first_reference
BEGIN SELECT raise(ABORT, 'refusal: only counts on'); END;
--> statement-breakpoint
CREATE TRIGGER refusal_kept BEFORE DELETE ON refusal
WHEN julianday((SELECT max(day) FROM refusal)) - julianday(old.day) <= 731
BEGIN SELECT raise(ABORT, 'refusal: kept two years'); END;
