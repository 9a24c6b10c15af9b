-- Objects that came under the UID of another one with other content: one row per object and content, counted.

CREATE TABLE incident (
    id               VARCHAR(32)   NOT NULL PRIMARY KEY,
    series_key       VARCHAR(32)   NOT NULL,
    sop_instance_uid VARCHAR(64)   NOT NULL,
    calling_aet      VARCHAR(64)   NOT NULL,
    difference       VARCHAR(2000) NOT NULL,
    file_name        VARCHAR(200)  NOT NULL,
    times            BIGINT        NOT NULL,
    first_seen       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    last_seen        TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX incident_by_series ON incident (series_key);
