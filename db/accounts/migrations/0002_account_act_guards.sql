-- Guards: an act that was written stands, and stands but once. They catch our own mistakes.
CREATE TRIGGER account_act_once BEFORE INSERT ON account_act
WHEN EXISTS (SELECT 1 FROM account_act WHERE id = new.id)
BEGIN SELECT raise(ABORT, 'account_act: stands there already'); END;
--> statement-breakpoint
CREATE TRIGGER account_act_fixed BEFORE UPDATE ON account_act
BEGIN SELECT raise(ABORT, 'account_act: never changed'); END;
--> statement-breakpoint
CREATE TRIGGER account_act_kept BEFORE DELETE ON account_act
BEGIN SELECT raise(ABORT, 'account_act: never removed'); END;
--> statement-breakpoint
CREATE TRIGGER account_act_seen_known BEFORE INSERT ON account_act_seen
WHEN NOT EXISTS (SELECT 1 FROM account_act WHERE id = new.act)
BEGIN SELECT raise(ABORT, 'account_act_seen: no such act'); END;
--> statement-breakpoint
CREATE TRIGGER account_act_seen_fixed BEFORE UPDATE ON account_act_seen
BEGIN SELECT raise(ABORT, 'account_act_seen: never changed'); END;
--> statement-breakpoint
CREATE TRIGGER account_act_seen_kept BEFORE DELETE ON account_act_seen
BEGIN SELECT raise(ABORT, 'account_act_seen: never removed'); END;
