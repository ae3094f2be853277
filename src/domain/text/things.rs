//! What there is and how it stands: states, panes, columns, details, prices, addresses, rules. Data only.

use super::texts;

texts! {
    plain {
        said(words: String), at(place: String, what: Phrase), lines(one: Phrase, rest: Phrase),
    }
    status {
        CREATING, IMPORTING, STOPPED, BILLED, STARTING, RUNNING, STOPPING, REBOOTING, REBUILDING, RESTORING, SAVING,
        RESIZING, CONFIRM_RESIZE, PAUSED, SUSPENDED, SHELVED, RESCUE, DESTROYING, DELETING, AVAILABLE, IN_USE, ERROR,
        UNKNOWN, unknown(sent: String), old(status: String, age: String), old_short(status: String, age: String),
        stage(status: String, at: Count, of: Count), OTHER, importing_at(percent: Count),
    }
    image {
        SAVED, LINUX, WINDOWS, IMPORT,
    }
    key {
        ACTIVE, INACTIVE, IN_USE, ACTIVE_LONG, INACTIVE_LONG, IN_USE_LONG, ELSEWHERE,
    }
    public_key {
        EMPTY, PRIVATE, SEVERAL_LINES, other_form(command: String), NO_FORM, CERTIFICATE, no_such_kind(kind: String),
        NO_MATERIAL, BROKEN, other_inside(kind: String), CONTROL, NO_TEXT, LONG,
    }
    source {
        ANYBODY, ANYBODY_SIX, group(name: String), and(one: Phrase, rest: Phrase),
    }
    rule {
        ANYWHERE, ANYWHERE_SIX, ALL, group(name: String), group_six(name: String), inbound(what: String, from: String),
        outbound(what: String, from: String), line(text: String), direction_none(text: String),
        preset_none(text: String, known: String), preset_other(preset: String),
        protocol_none(text: String, known: String), PROTOCOL_MISSING, PORT_MISSING, port_none(text: String), PORT_ZERO,
        port_high(text: String), port_reversed(text: String, right: String), PORT_LIST, port_without(protocol: String),
        icmp(text: String), ICMP_NONE, ICMP_FAMILY, SOURCE_MISSING, source_none(text: String),
        source_bits(bits: Count, most: Count), source_host_bits(text: String, network: String, address: String),
        GROUP_MISSING, group_none(name: String), group_several(name: String), GROUPS_NONE, FAMILY_UNKNOWN,
        duplicate(n: Count), NAME_MISSING, NAME_CONTROL, name_long(n: Count, most: Count), file_syntax(said: String),
        file_key(key: String, known: String), file_text(key: String), FILE_TABLES,
    }
    addresses {
        SIX, FOUR, DUAL,
    }
    field {
        PLAN, ADDRESS_TYPE, REVERSE_NAME, SET_UP, CLOSED, IMPORTED, FROM_SNAPSHOT, SERVICE_ID, VEID, MAC, UUID, VOLUME,
        SLOT, STATUS, CODE, SYSTEM, MALFORMED, NAME, POWER, TASK, VM_STATE, LAUNCHED, UPDATED, BACKUP, ZONE, HOST,
        VOLUMES,
        CONFIG_DRIVE, LOCK, APP, MIN_DISK, MIN_MEMORY, GUEST_AGENT, SAVED_FROM, DESCRIPTION, ENCRYPTED,
    }
    unit {
        seconds(n: Count), minutes(n: Count), hours(n: Count), days(n: Count), years(n: Count), seconds_short(n: Count),
        minutes_short(n: Count), hours_short(n: Count), days_short(n: Count), years_short(n: Count),
        milliseconds(n: Count), bytes(n: Count), kilobytes(n: String), megabytes(n: String), gigabytes(n: String),
        vcpus(n: Count), mbps(n: Count), percent(n: String), per_second(bytes: String),
        beside(one: Phrase, other: Phrase),
        range(from: Count, to: Duration), range_units(from: Duration, to: Duration),
    }
    graph {
        CPU, DISK, DISK_READ, DISK_WRITE, NET, NET_IN, NET_OUT,
    }
    trouble {
        IMPORT_URL, SNAPSHOT_FAILED,
    }
    price {
        month(yen: Yen), UNKNOWN, so_far(yen: Yen),
    }
    cost {
        as_of(as_of: String), ALL, UNKNOWN, sum(yen: Yen, unknown: Count), OFF, SNAPSHOT, IMAGE, VOLUME,
        VOLUME_SNAPSHOT, of(name: String),
        WITHIN, storage(gb: Count, free: Count), storage_unknown(free: Count), NONE, NOT_READ, minimum(yen: Yen),
        unread(count: Count), ABOUT, ABOUT_MISSING,
    }
    cost_head {
        NAME, STATE, PLAN, HOURS, SO_FAR, AT_MOST,
    }
    cut {
        CIRCLE, PAGES, LINK, BUDGET, PART, REST,
    }
    own {
        runs(line: String), cancels(verb: Verb, name: String), ASK, no_machine(place: String, name: String),
        not_set(place: String, name: String), odd_value(place: String, value: String), this_machine(n: Count),
        LOGGED_IN_FROM, TYPED, NO_LOGIN, login_unusable(why: Phrase), source(source: String, what: Phrase),
        and(one: Phrase, rest: Phrase), NO_SOURCE, differ(one: String, a: String, other: String, b: String),
        too_few(said: Phrase),
    }
    own_no {
        EMPTY, WEB_PAGE, ANOTHER, SEVERAL, not_public(address: String), REDIRECT, status(status: String), IN_TIME,
        not_reached(said: String),
    }
    place {
        LOADING, NOT_READ, waits_budget(account: String, time: String), waits_provider(account: String, time: String),
        NO_MATCH, running(count: Count), at_least(count: Count), part_of(name: String), without(names: String),
        found(shown: Count, total: Count), found_loosely(shown: Count, total: Count), saved(count: Count),
        free(free: String, of: String), GONE, KIND_IMAGE, KIND_VOLUME, KIND_EMPTY, ONLY_COPY, drops(left: String),
        DROPS_DUE, NOTHING_FOUND,
        lines(from: Count, to: Count, of: Count), marked(count: Count), usually(time: Phrase), more(count: Count),
        odd(count: Count), too_small(width: Count, height: Count), too_small_now(width: Count, height: Count),
        age(age: String),
    }
    place_empty {
        KEYS, API_KEYS, INSTANCES, SNAPSHOTS, FIREWALLS, IMAGES, OPERATIONS,
    }
    pane {
        INSTANCES, SNAPSHOTS, snapshots_of(name: String), FIREWALLS, IMAGES, OPERATIONS, KEYS, API_KEYS,
    }
    column {
        KIND, NAME, STATUS, ACCOUNT, ADDRESS, SAVED, PLAN, AGE, SIZE, OF, DROPS, ON, RULES, FAMILY, PROGRESS, TIME,
        WHEN,
    }
    details {
        PUBLIC, KIND, kind_bits(kind: String, bits: String), FINGERPRINT, COMMENT, ON_UNREAD, WATCHDOG, BY, BY_WATCHDOG,
        BY_OFFER, nothing(down: String, up: String), PROCESS, STATUS, STATE, NOW, WHY, PLAN, IMAGE, BOOTS_FROM,
        of_volume(name: String), names_others(names: String), ADDRESS, KEY,
        CREATED, UPDATED, TAKEN, BILLED, SNAPSHOTS, BACKUPS, NO_BACKUP, backup_newest(age: Duration, count: Count),
        BACKUP_NONE, FIREWALLS, NONE, LOCKED, LOCKED_LONG, span(time: String), REGION, NAME, READ,
        read_ago(age: String, fault: Phrase), read_long_ago(age: String), ID, OF, of_gone(id: String),
        of_gone_only(id: String), FITS, fits_disk(gb: Count), DROPS, drops_due(day: String),
        drops_at(day: String, left: Duration), SIZE, RULES, ON, ON_NONE, ON_UNKNOWN, FIXED, FIXED_LONG, NO_RULES,
        NOT_READ, FAMILY, RECENT, STEPS, CODE, REQUEST, ASKED, ELAPSED, TARGET, ENDED_HERE, n_of(n: String, of: Count),
        newest(age: String), CHANGES, set_here(name: String, age: Arg), on_set_here(name: String, age: Arg), REQUESTS,
        COMMAND, BEFORE, SEEN, ENDED, PROTECTED,
    }
    seen {
        state(state: Phrase), over(state: Phrase), LONG,
    }
    watch {
        changed(name: String, from: Phrase, to: Phrase), gone(name: String), on(name: String), on_many(count: Count),
        off(name: String), off_many(count: Count), step(at: String, of: Count, what: Phrase),
        goes_on(at: String, of: Count, what: Phrase, age: Duration), refused_now(at: String, of: Count, what: Phrase),
        unsure(at: String, of: Count, what: Phrase), unknown(at: String, of: Count, what: Phrase),
        left(at: String, of: Count, what: Phrase, age: Duration), done(took: Duration), failed(why: Phrase),
        cancelled(why: Phrase), LEFT_UNKNOWN, failed_at(at: String, of: Count, what: Phrase, why: Phrase),
    }
    watchdog {
        every(probe: String, every: Duration, how: Phrase), FIRST, ANSWERS, failed(n: Count, of: Count, said: Phrase),
        failed_on(n: Count, said: Phrase), rests(why: Phrase), NOT_READ, BUSY, OFF, STOPPED, NO_ADDRESS,
        no_answer(within: Duration), REFUSED, status(n: Count),
        silent(name: String, probe: String, count: Count), reboots(name: String, probe: String, count: Count),
        not_again(name: String), answers_again(name: String), all_silent(count: Count), OFFER_OVER,
        do_reboot(name: String), NOT_NOW, NEVER,
    }
}
