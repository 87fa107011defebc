/* A disk under SQLite that can be full, fail to sync, or lose its power.
 *
 * It stands between SQLite and the real files ("file:NAME?vfs=faulty"). It knows what has been synced and what
 * has only been written: when the power goes, what was synced stays, and of the rest any part may have landed,
 * in any order, torn at sectors of 512 bytes. */
#ifndef SUPPORT_FAULTY_DISK_H
#define SUPPORT_FAULTY_DISK_H

#include "support/engines.h"

typedef struct Disk Disk;

/* One at a time; ends with disk_remove(), after all its files were closed. */
Disk *disk_insert(uint64_t seed);
void disk_remove(Disk *disk);
/* The ledger of that file on this disk. */
Str disk_place(Disk *disk, Arena *arena, Str file);

/* Writes that would make a file larger than it is fail as on a full disk, until told otherwise. */
void disk_be_full(Disk *disk, bool full);
/* The next `count` syncs of the write-ahead log fail; what was written stays written. */
void disk_fail_syncs(Disk *disk, int count);
/* After so many more writes and syncs the power goes: from then on everything fails. */
void disk_cut_after(Disk *disk, int operations);
bool disk_is_cut(Disk *disk);
/* Bytes of the write-ahead log that were written and not yet synced. */
int64_t disk_unsynced(Disk *disk);

/* What the power cut left, as files of the same names in another folder; without one, what is there now.
 * `all`: everything that was written landed. */
void disk_survivors(Disk *disk, const char *folder, bool all);

#endif
