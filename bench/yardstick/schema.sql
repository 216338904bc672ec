CREATE TABLE person (
  id text PRIMARY KEY,
  birth_date date NOT NULL,
  sex text NOT NULL,
  weight_kg int NOT NULL,
  last_donation date,
  deferred_until date
);
CREATE TABLE slot (
  id text PRIMARY KEY,
  site_id text NOT NULL,
  procedure text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  local_date date NOT NULL,
  zone text NOT NULL,
  status text NOT NULL,
  places int NOT NULL,
  free int NOT NULL CHECK (free >= 0)
);
CREATE INDEX slot_of_site ON slot (site_id, local_date, starts_at);
CREATE TABLE booking (
  id text PRIMARY KEY,
  person_id text NOT NULL REFERENCES person,
  slot_id text NOT NULL REFERENCES slot,
  status text NOT NULL,
  idempotency_key text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX one_live_booking ON booking (person_id) WHERE status = 'booked';
CREATE INDEX booking_of_slot ON booking (slot_id);
