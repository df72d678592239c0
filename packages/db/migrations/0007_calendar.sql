CREATE TABLE "calendar_attendees" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"person_id" text,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"part" text NOT NULL,
	"state" text NOT NULL,
	"lang" text NOT NULL,
	"time_zone" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"told_state" text,
	"told_sequence" integer,
	"told_title" text,
	"told_starts_at" timestamp (3) with time zone,
	"reminded_day" timestamp (3) with time zone,
	"reminded_hour" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "calendar_meetings" (
	"meeting_id" text PRIMARY KEY NOT NULL,
	"series_id" text NOT NULL,
	"recurs" boolean NOT NULL,
	"community_id" text,
	"announced_by" text,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"agenda" jsonb NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"minutes" integer NOT NULL,
	"time_zone" text NOT NULL,
	"registration" boolean NOT NULL,
	"capacity" integer,
	"is_cancelled" boolean DEFAULT false NOT NULL,
	"cancel_word" text DEFAULT '' NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_settings" (
	"person_id" text PRIMARY KEY NOT NULL,
	"remind_day" boolean DEFAULT true NOT NULL,
	"remind_hour" boolean DEFAULT true NOT NULL,
	"feed" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "calendar_attendees" ADD CONSTRAINT "calendar_attendees_meeting_id_calendar_meetings_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."calendar_meetings"("meeting_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_attendees" ADD CONSTRAINT "calendar_attendees_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_meetings" ADD CONSTRAINT "calendar_meetings_meeting_id_meetings_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("meeting_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_meetings" ADD CONSTRAINT "calendar_meetings_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_meetings" ADD CONSTRAINT "calendar_meetings_announced_by_people_id_fk" FOREIGN KEY ("announced_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_settings" ADD CONSTRAINT "calendar_settings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_attendees_email" ON "calendar_attendees" USING btree ("meeting_id","email");--> statement-breakpoint
CREATE INDEX "calendar_attendees_person" ON "calendar_attendees" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "calendar_attendees_untold" ON "calendar_attendees" USING btree ("meeting_id") WHERE "calendar_attendees"."told_state" is null;--> statement-breakpoint
CREATE INDEX "calendar_meetings_series" ON "calendar_meetings" USING btree ("series_id","starts_at");--> statement-breakpoint
CREATE INDEX "calendar_meetings_starts" ON "calendar_meetings" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "calendar_meetings_community" ON "calendar_meetings" USING btree ("community_id","starts_at");--> statement-breakpoint
CREATE INDEX "calendar_meetings_announced" ON "calendar_meetings" USING btree ("announced_by","starts_at");