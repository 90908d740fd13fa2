ALTER TABLE `outbox` ADD `account_id` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `invitation` ADD `person_id` integer REFERENCES person(id);--> statement-breakpoint
CREATE INDEX `audit_denied` ON `audit` (`act`,`at`) WHERE "outcome" = 'denied';