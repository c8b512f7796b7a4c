CREATE TABLE `account_act` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`act` text NOT NULL,
	`account` text NOT NULL,
	`person` text NOT NULL,
	`by_account` text NOT NULL,
	`by_person` text NOT NULL,
	`by_right` text NOT NULL,
	`townships` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `account_act_account` ON `account_act` (`account`);--> statement-breakpoint
CREATE INDEX `account_act_person` ON `account_act` (`person`);--> statement-breakpoint
CREATE TABLE `account_act_seen` (
	`act` integer PRIMARY KEY NOT NULL
) STRICT;
