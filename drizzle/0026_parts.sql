ALTER TABLE `issue_unit` ADD `acknowledged_at` integer;--> statement-breakpoint
ALTER TABLE `issue_unit` ADD `acknowledged_by` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `issue_unit` ADD `handed_in_at` integer;--> statement-breakpoint
ALTER TABLE `issue_unit` ADD `handed_in_by` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `issue_unit` ADD `accepted_at` integer;--> statement-breakpoint
ALTER TABLE `issue_unit` ADD `accepted_by` integer REFERENCES person(id);