CREATE TABLE `refusal` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`day` text NOT NULL,
	`account` text NOT NULL,
	`person` text NOT NULL,
	`office` text NOT NULL,
	`mandate` text NOT NULL,
	`act` text NOT NULL,
	`ledger` text NOT NULL,
	`stream` text NOT NULL,
	`code` text NOT NULL,
	`township` text NOT NULL,
	`home` text NOT NULL,
	`count` integer NOT NULL,
	`first_at` text NOT NULL,
	`last_at` text NOT NULL,
	`first_reference` text NOT NULL,
	`last_reference` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `refusal_same` ON `refusal` (`day`,`account`,`person`,`office`,`mandate`,`act`,`ledger`,`stream`,`code`);--> statement-breakpoint
CREATE INDEX `refusal_township` ON `refusal` (`township`);--> statement-breakpoint
CREATE INDEX `refusal_home` ON `refusal` (`home`);--> statement-breakpoint
CREATE INDEX `refusal_account` ON `refusal` (`account`);--> statement-breakpoint
CREATE INDEX `refusal_person` ON `refusal` (`person`);