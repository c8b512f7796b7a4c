CREATE TABLE `alert` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`alert` text NOT NULL,
	`request` text NOT NULL,
	`company` text NOT NULL,
	`rule` text NOT NULL,
	`colour` text NOT NULL,
	`state` text NOT NULL,
	`raised_on` text NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `alert_open` ON `alert` (`ledger`,`state`,`colour`,`raised_on`,`stream`,`key`);--> statement-breakpoint
CREATE TABLE `authority` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`authority` text NOT NULL,
	`company` text NOT NULL,
	`payees` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text NOT NULL,
	`ceiling_fen` integer NOT NULL,
	`reserved_fen` integer NOT NULL,
	`drawn_fen` integer NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `authority_company` ON `authority` (`ledger`,`company`,`valid_to`);--> statement-breakpoint
CREATE TABLE `checkpoint` (
	`ledger` text NOT NULL,
	`size` integer NOT NULL,
	`at` text NOT NULL,
	`root` blob NOT NULL,
	`note` text NOT NULL,
	PRIMARY KEY(`ledger`, `size`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `checkpoint_at` ON `checkpoint` (`ledger`,`at`);--> statement-breakpoint
CREATE TABLE `command` (
	`ledger` text NOT NULL,
	`id` text NOT NULL,
	`digest` blob NOT NULL,
	`first` integer NOT NULL,
	`count` integer NOT NULL,
	`at` text NOT NULL,
	`size` integer NOT NULL,
	PRIMARY KEY(`ledger`, `id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `entry` (
	`ledger` text NOT NULL,
	`seq` integer NOT NULL,
	`stream` text NOT NULL,
	`revision` integer NOT NULL,
	`type` text NOT NULL,
	`command` text NOT NULL,
	`bytes` blob NOT NULL,
	`leaf` blob NOT NULL,
	PRIMARY KEY(`ledger`, `seq`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `entry_stream` ON `entry` (`ledger`,`stream`,`revision`);--> statement-breakpoint
CREATE TABLE `file_use` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`sha256` text NOT NULL,
	`request` text NOT NULL,
	`under` text NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `file_use_by_digest` ON `file_use` (`sha256`,`ledger`,`request`);--> statement-breakpoint
CREATE TABLE `finding` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`finding` text NOT NULL,
	`inspection` text NOT NULL,
	`request` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`due_on` text NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `finding_due` ON `finding` (`ledger`,`state`,`due_on`);--> statement-breakpoint
CREATE INDEX `finding_request` ON `finding` (`ledger`,`request`);--> statement-breakpoint
CREATE TABLE `inspection` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`inspection` text NOT NULL,
	`kind` text NOT NULL,
	`campaign` text NOT NULL,
	`state` text NOT NULL,
	`period_from` text NOT NULL,
	`period_to` text NOT NULL,
	`companies` text NOT NULL,
	`population` integer NOT NULL,
	`covered` integer NOT NULL,
	`examined` integer NOT NULL,
	`open_findings` integer NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `inspection_newest` ON `inspection` (`ledger`,`period_to`,`inspection`);--> statement-breakpoint
CREATE TABLE `invoice_use` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`invoice` text NOT NULL,
	`request` text NOT NULL,
	`seller` text NOT NULL,
	`date` text NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `invoice_use_by_invoice` ON `invoice_use` (`invoice`,`ledger`,`request`);--> statement-breakpoint
CREATE TABLE `ledger` (
	`origin` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`at` text NOT NULL,
	`sealed` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `meeting` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`meeting` text NOT NULL,
	`kind` text NOT NULL,
	`organisation` text NOT NULL,
	`state` text NOT NULL,
	`held_on` text NOT NULL,
	`items` integer NOT NULL,
	`passed` integer NOT NULL,
	`failed` integer NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `meeting_newest` ON `meeting` (`ledger`,`held_on`,`meeting`);--> statement-breakpoint
CREATE TABLE `node` (
	`ledger` text NOT NULL,
	`level` integer NOT NULL,
	`index` integer NOT NULL,
	`hash` blob NOT NULL,
	PRIMARY KEY(`ledger`, `level`, `index`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `payee_key` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`payee_key` text NOT NULL,
	`payee` text NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `payee_key_by_key` ON `payee_key` (`ledger`,`payee_key`,`payee`);--> statement-breakpoint
CREATE INDEX `payee_key_by_payee` ON `payee_key` (`ledger`,`payee`,`payee_key`);--> statement-breakpoint
CREATE TABLE `payee_window` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`request` text NOT NULL,
	`company` text NOT NULL,
	`payee` text NOT NULL,
	`submitted_on` text NOT NULL,
	`amount_fen` integer NOT NULL,
	`category` text NOT NULL,
	`cash` integer NOT NULL,
	`voucherless` integer NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `payee_window_by_payee` ON `payee_window` (`ledger`,`company`,`payee`,`submitted_on`);--> statement-breakpoint
CREATE TABLE `request` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`request` text NOT NULL,
	`company` text NOT NULL,
	`kind` text NOT NULL,
	`category` text NOT NULL,
	`method` text NOT NULL,
	`purpose` text NOT NULL,
	`budget_line` text NOT NULL,
	`contract` text NOT NULL,
	`project` text NOT NULL,
	`authority` text NOT NULL,
	`state` text NOT NULL,
	`outcome` text NOT NULL,
	`suspended` integer NOT NULL,
	`amount_fen` integer NOT NULL,
	`payee` text NOT NULL,
	`payee_name` text NOT NULL,
	`handler` text NOT NULL,
	`submitted_on` text NOT NULL,
	`ended_on` text NOT NULL,
	`round` integer NOT NULL,
	`route` text NOT NULL,
	`open_findings` integer NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `request_newest` ON `request` (`ledger`,`submitted_on`,`request`);--> statement-breakpoint
CREATE INDEX `request_company` ON `request` (`ledger`,`company`,`submitted_on`,`request`);--> statement-breakpoint
CREATE INDEX `request_state` ON `request` (`ledger`,`state`,`submitted_on`,`request`);--> statement-breakpoint
CREATE INDEX `request_ended` ON `request` (`ledger`,`ended_on`,`request`);--> statement-breakpoint
CREATE INDEX `request_amount` ON `request` (`ledger`,`company`,`amount_fen`,`submitted_on`);--> statement-breakpoint
CREATE INDEX `request_contract` ON `request` (`ledger`,`company`,`contract`) WHERE contract <> '';--> statement-breakpoint
CREATE INDEX `request_authority` ON `request` (`ledger`,`authority`,`submitted_on`,`request`) WHERE authority <> '';--> statement-breakpoint
CREATE TABLE `request_return` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`request` text NOT NULL,
	`number` integer NOT NULL,
	`place` text NOT NULL,
	`field` text NOT NULL,
	`returned_on` text NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- `spot` is no part of a row: it numbers rows as they were recorded, for the index of their grams
CREATE TABLE `search` (
	`spot` integer PRIMARY KEY,
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`at` text NOT NULL,
	`title` text NOT NULL,
	`words` text NOT NULL,
	`whole` text NOT NULL,
	UNIQUE(`ledger`, `stream`, `key`)
) STRICT;
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_gram` USING fts5(grams, tokenize = 'ascii', detail = none, content = '', contentless_delete = 1);
--> statement-breakpoint
CREATE TABLE `stay` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`request` text NOT NULL,
	`must` text NOT NULL,
	`round` integer NOT NULL,
	`seconds` integer NOT NULL,
	`left_on` text NOT NULL,
	`how` text NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `stay_longest` ON `stay` (`ledger`,`must`,`seconds`);--> statement-breakpoint
CREATE TABLE `task` (
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`key` text NOT NULL,
	`desk` text NOT NULL,
	`act` text NOT NULL,
	`since` text NOT NULL,
	`due_at` text NOT NULL,
	PRIMARY KEY(`ledger`, `stream`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `task_since` ON `task` (`desk`,`since`,`ledger`,`stream`,`key`);--> statement-breakpoint
CREATE INDEX `task_due` ON `task` (`desk`,`due_at`,`ledger`,`stream`,`key`);