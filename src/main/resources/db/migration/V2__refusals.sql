-- What was refused at the door, before it belonged to a series: one row per sender and reason, counted.

CREATE TABLE refusal (
    id          VARCHAR(32)   NOT NULL PRIMARY KEY,
    calling_aet VARCHAR(64)   NOT NULL,
    reason      VARCHAR(2000) NOT NULL,
    times       BIGINT        NOT NULL,
    first_seen  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    last_seen   TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
