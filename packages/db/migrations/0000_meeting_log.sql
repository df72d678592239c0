CREATE TABLE "meeting_events" (
	"meeting_id" text NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "meeting_events_meeting_id_version_pk" PRIMARY KEY("meeting_id","version")
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"meeting_id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "meetings_code" UNIQUE("code")
);
--> statement-breakpoint
ALTER TABLE "meeting_events" ADD CONSTRAINT "meeting_events_meeting_id_meetings_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("meeting_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "meeting_events_client_message" ON "meeting_events" USING btree ("meeting_id",(payload->>'participantId'),(payload->>'clientMessageId')) WHERE type = 'messagePosted';--> statement-breakpoint
CREATE INDEX "meeting_events_messages" ON "meeting_events" USING btree ("meeting_id","version") WHERE type = 'messagePosted';