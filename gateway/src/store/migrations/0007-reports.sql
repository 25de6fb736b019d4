-- Report bundles are made in the background by whichever process claims them, and kept here, file by file.
alter table desk_report add column claimed_until timestamptz;

create table desk_report_file (
  report_id uuid not null references desk_report (id),
  name text not null,
  bytes integer not null,
  sha256 text not null,
  content text not null,
  primary key (report_id, name)
);
