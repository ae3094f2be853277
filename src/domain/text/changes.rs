//! A change from its dialog to its end. Data only.

use super::texts;

texts! {
    verb {
        START, STOP, FORCE_STOP, REBOOT, DESTROY, TAKE_SNAPSHOT, RESTORE, DELETE, RETAKE_SNAPSHOT, RESTORE_AS_NEW,
        ASSIGN, DETACH, PARK, CREATE, CREATE_FIREWALL, EDIT_RULES, DELETE_FIREWALL, ADD_KEY, CHANGE_KEY, DELETE_KEY,
        CREATE_API_KEY, DELETE_API_KEY, RESIZE, CONFIRM_RESIZE, REVERT_RESIZE,
    }
    title {
        ADD_KEY, CHANGE_KEY, DELETE_KEY, CREATE_API_KEY, DELETE_API_KEY, CHOOSE_KEY, API_KEY_WHERE,
        secret_api_key(account: String), secret_password(account: String), secret_console(account: String), HELP,
        raw(name: String), actions_marked(count: Count), PALETTE, ORDER, ACCOUNTS, COPY, decide(name: String),
        choose_snapshot(name: String), refused(verb: Verb), account_fault(account: String), LEAVING, WELCOME,
        NEW_ACCOUNT, IMPORT, START, STOP, FORCE_STOP, REBOOT, DESTROY, TAKE_SNAPSHOT, RESTORE, DELETE, RETAKE_SNAPSHOT,
        RESTORE_AS_NEW, ASSIGN, DETACH, restore_ways(name: String), choose_firewall(name: String),
        choose_instance(name: String), PROVIDERS, new_account_at(provider: Phrase), ssh(name: String), SECRETS,
        watchdog(name: String, probe: String, count: Count), RESUME, CREATE_FIREWALL, EDIT_RULES, DELETE_FIREWALL,
        rules_of(name: String), RULES_NEW, rule_mistakes(count: Count, first: Phrase), REQUESTS, CREATE,
        create_page(n: String, of: String, what: Phrase), REQUEST, PARK, allow(name: String), COST,
        compare(one: String, other: String), unprotect(name: String), unprotect_many(count: Count),
        RESIZE, CONFIRM_RESIZE, REVERT_RESIZE, choose_plan(name: String), console_output(name: String),
    }
    button {
        ADD_KEY, CHANGE_KEY, DELETE_KEY, CREATE_API_KEY, DELETE_API_KEY, START, STOP, FORCE_STOP, REBOOT, DESTROY,
        TAKE_SNAPSHOT, RESTORE, DELETE, RETAKE_SNAPSHOT, RESTORE_AS_NEW, ASSIGN, DETACH, CREATE_FIREWALL, EDIT_RULES,
        DELETE_FIREWALL, CREATE, PARK, RESIZE, CONFIRM_RESIZE, REVERT_RESIZE,
    }
    choice {
        save_first(name: String), snapshots_too(count: Count), volumes_too(n: Count, names: String),
        named_too(n: Count), CLEAN_REBOOT, HARD_REBOOT, STOP_FIRST, START_AGAIN,
        plan(name: String, spec: Phrase, n: Count, of: Count), ALL_AT_ONCE,
    }
    confirm {
        EACH, YES, NO, CANCEL, accounts(count: Count), restore_to(snapshot: String, name: String),
        restore_as(snapshot: String), firewall_on(firewall: String, name: String),
        firewall_off(firewall: String, name: String), costs(yen: Yen), saves(yen: Yen),
        saves_some(yen: Yen, count: Count), COSTS_UNKNOWN, behind(names: String), BEHIND_NONE, more(count: Count),
        more_such(count: Count), hidden_lines(count: Count), type_it(what: String),
        type_it_or(what: String, code: String), NOT_TYPED, NO_NAME, NAME, NAME_SUFFIX, EDIT, EDITING,
        ignored(count: Count), left_out(count: Count), cannot(name: String, why: Phrase), usually(time: Duration),
        OVERTAKEN, CLOSE, in_account(account: String), rules_stay(count: Count), RULES_SAME, theirs(name: String), MINE,
        REQUESTS, resize_to(plan: String, name: String), resize_sizes(now: Phrase, then: Phrase),
        resize_costs(now: Yen, then: Yen),
    }
    risk {
        RUNNING, BILLED_WHILE_STOPPED, CUTS_POWER, OVERWRITES, overwrites_since(taken: Timestamp), NOT_SAVED_FIRST,
        NOTHING_GETS_IN, RULES_GONE_REFUSED_WHILE_ON, RUNNING_IS_STOPPED, ONLY_COPY, COPIES_UNKNOWN,
        old_copy(age: Duration), snapshots_stay(n: Count), REBOOT_MAY_CUT, STOPPED_FOR_SNAPSHOT, TAKEN_RUNNING,
        SNAPSHOT_BILLED, NO_SLOT, MAYBE_LAST_COPY, RUNNING_IS_REBUILT, ONLY_COPY_IMAGE, COPIES_UNKNOWN_IMAGE,
        old_copy_image(age: Duration), images_stay(n: Count), LAST_COPY, others_of_gone(n: Count), ORIGIN_UNKNOWN,
        STOPPED_FOR_SAVE, STAYS_OFF, room(size: Count, free: Count), room_at_most(size: Count, free: Count),
        no_room(size: Count, free: Count), room_may_lack(size: Count, free: Count), room_left(free: Count), ROOM_BILLED,
        REBUILD_NOT_RECORDED, NEW_ADDRESS, new_billed(plan: String), PARK_STOPS, PARK_ADDRESS, PARK_FREES, SHUT_OFF,
        RULES_GONE, named_by(names: String), CLOSES, BOOT_VOLUME_STAYS, BOOT_VOLUME_SAVED,
        BOOT_VOLUME_GOES, VOLUME_FIRST, boot_volume_left(name: String), boot_volume_billed(name: String),
        boot_volume_kept(name: String, n: Count),
        boot_volume_deleted(name: String), names_volumes(n: Count), named_deleted(n: Count),
        RESIZE_RESTARTS, RESIZE_WAITS, RESIZE_GROWS, RESIZE_KEPT, RESIZE_REVERTED,
    }
    fact {
        put_on(names: String), PUT_ON_NONE, renamed(name: String), stands_on(names: String), STANDS_ON_NONE,
        names(names: String), NAMES_NONE, left_out(name: String, age: Duration), set_here(name: String, age: Duration),
        NOT_SHOWN, may_replace(names: String),
    }
    key_fact {
        about(kind: String, fingerprint: String), about_bits(kind: String, bits: Count, fingerprint: String),
        comment(comment: String), kind(kind: String), COMMENT_REFUSED, same(name: String), name_taken(name: String),
        renamed(name: String), NOT_OFFERED, OFFERED, keep(n: Count, names: String), keep_it(n: Count, names: String),
        MAY_REFUSE, NOBODY, UNKNOWN, TOLD_ONCE, SENT_ONCE, used_by(account: String), NO_LOGIN, TOKENS,
    }
    key_change {
        IS_ON, IS_OFF, NOTHING,
    }
    key_name {
        EMPTY, CONTROL,
    }
    order {
        what(from: Arg, plan: Phrase), instance_type(typed: String), with(key: Arg, firewalls: Arg),
        with_region(region: String, key: Arg, firewalls: Arg), on_network(name: String), key_added(name: String), of_snapshot(name: String),
        costs(yen: Yen), COSTS_UNKNOWN, STAYS_OFF, name_taken(name: String), NO_NAME, NAME_CONTROL,
        name_long(most: Count, n: Count), NO_REGION, NO_KEY, KEY_NOT_TAKEN, NO_PASSWORD, PASSWORD_NOT_TAKEN, NO_URL,
        URL_ODD, URL_SCHEME, URL_NO_HOST, URL_NOT_HTTPS, URL_NO_IMAGE, key_kind(kind: String), SIX_ONLY, IMPORT, A_DAY,
        password_length(n: Count), password_odd(odd: String), PASSWORD_MIX, PASSWORD_ALL, NO_FIREWALL, PASSWORD_TOLD,
        quota_instances(used: Count, most: Count), quota_vcpus(used: Count, most: Count),
        quota_memory(used: Count, most: Count),
    }
    step {
        START_MADE, add_key(name: String), change_key(name: String), delete_key(name: Arg), CREATE_API_KEY,
        delete_api_key(name: Arg), UNTIL_NEW_READY, until_answers(port: Count), start(name: Arg), stop(name: Arg),
        force_stop(name: Arg), reboot(name: Arg), hard_reboot(name: Arg), destroy(name: Arg), take(name: String),
        retake(name: Arg), restore(name: Arg), RESTORE_NEW, delete(name: Arg), DELETE_NEW,
        create_firewall(name: String), update_firewall(name: String), assign_firewall(name: Arg),
        detach_firewall(name: Arg), create(name: String), delete_firewall(name: Arg), UNTIL_STOPPED, UNTIL_RUNNING,
        UNTIL_READY, UNTIL_GONE, UNTIL_AVAILABLE, UNTIL_NEW_RUNS, UNTIL_ASSIGNED, UNTIL_DETACHED, SETTLE,
        add_rule(rule: String), add_rules(count: Count), remove_rule(rule: String), remove_rules(count: Count),
        rename_firewall(name: String), set_port(name: Arg), set_ports(count: Count), clear_port(name: Arg),
        clear_ports(count: Count), until_all(count: Count), create_volume(name: String, gb: Count),
        delete_volume(name: Arg), DELETE_NEW_VOLUME, UNTIL_VOLUME_FREE,
        resize(name: Arg, plan: Arg), confirm_resize(name: Arg), revert_resize(name: Arg), UNTIL_RESIZED,
    }
    op {
        name(verb: Verb, name: String), waiting(reason: Phrase), stage(status: String, at: Count, of: Count), RUNNING,
        UNKNOWN, IS_DONE, IS_FAILED, IS_CANCELLED, elsewhere(process: String), done(verb: Verb, name: String),
        failed(verb: Verb, name: String, why: Phrase), taken_back(verb: Verb, name: String),
        halted(verb: Verb, name: String), countdown(verb: Verb, name: String, seconds: Count),
        countdown_key(key: String), end_not_awaited(verb: Verb, name: String),
        not_awaited(verb: Verb, name: String), stop_hangs(name: String), done_restore(verb: Verb, name: String), done_resize(name: String),
        still_stopping(at: Count, of: Count, key: String), elsewhere_short(state: String),
        rest_left(verb: Verb, name: String), left_at(verb: Verb, name: String, step: Phrase, status: String),
        left_after(verb: Verb, name: String, step: Phrase),
    }
    op_name {
        restore(snapshot: String, name: String), take(snapshot: String, name: String),
        as_new(snapshot: String, name: String), assign(firewall: String, name: String),
        detach(firewall: String, name: String), resize(plan: String, name: String),
    }
    op_reason {
        CHECK, TURN, WORD, budget(wait: Duration), provider(wait: Duration),
    }
    op_halted {
        SHORT, LONG,
    }
    op_unsure {
        SHORT, LONG,
    }
    op_still_wanted {
        long(age: Duration),
    }
    park {
        remembers(plan: Arg, key: Arg, firewalls: Arg), NONE, saves(yen: Yen), comes_back(name: String),
    }
    many {
        up(count: Count), stopped(count: Count), stopped_for(count: Count, range: Phrase), off(count: Count),
        and(one: Phrase, other: Phrase), forecast(count: Count, lasts: Duration, minute: Count),
        failed(failed: Count, count: Count),
    }
    resume {
        one(name: String, age: Duration, step: Count, of: Count, what: Phrase), all(count: Count), leave(count: Count),
        LATER,
    }
    decide {
        HAPPENED, SEND, LEAVE, ANEW,
    }
    protect {
        YES, NO, on(name: String), on_many(count: Count), off(name: String), off_many(count: Count),
        configured(name: String), PUBLIC, not_kept(said: Phrase), BY_CONFIGURATION, BY_PERSON,
    }
    lock_out {
        own(names: Phrase, address: String, how: Phrase), everybody(names: Phrase),
        others(names: Phrase, sources: Phrase), narrows(names: Phrase, sources: Phrase), not_read(name: String),
        behind(name: String),
    }
    allow {
        FIREWALL, ADDRESS, PORT, which_firewall(name: String), WHICH_ADDRESS, HOW_MUCH, WHICH_PORT, WHICH_RULE,
        TYPE_ADDRESS, TYPE_PORT, READING_FIREWALLS, reading(name: String), no_firewall(name: String),
        not_known_on(name: String), THIS_MACHINE, two_of(n: Count), ASKING, ASK_AGAIN, sources(sources: String),
        ANOTHER, ANOTHER_PORT, ALONE, HOUSEHOLD, HAS_RULE, OURS, ADD, ADD_FIRST,
        allowed_already(address: String, port: String, name: String), no_address(why: Phrase), no_port(text: String),
    }
    create {
        PAGE_ACCOUNT, PAGE_WHAT, PAGE_URL, PAGE_PLAN, PAGE_REST, PAGE_REGION, PAGE_NETWORK, PAGE_KEY, PAGE_FIREWALLS, SAVED, NAME,
        REGION, NETWORK, KEY, PASSWORD, FIREWALLS, START, ANSWERS, GO, BY_URL, URL, URL_HINT, HINT_CHOOSE, HINT_OPEN,
        PRICE_UNKNOWN, KEY_NONE, KEY_MISSING, key_added(file: String), KEY_FIRST, KEY_REFUSED,
        key_doubt(first: Phrase, doubt: Phrase), NOTHING_FOUND, NO_PLAN_FITS, NO_SOURCE, NO_PLAN, kept(key: String),
    }
    rules {
        ACCOUNT, NAME, DIRECTION, PRESET, PROTOCOL, PORTS, SOURCE, NONE, MACHINES_NEW, MACHINES_KNOWN, MACHINES_UNKNOWN,
        set_here(age: Arg), REVIEW, KEYS, KEYS_TYPING, REMOVED, counts(added: Count, changed: Count, removed: Count),
        UNCHANGED, LEAVING, NOTHING_CHANGED, not_read(name: String), MEANWHILE, NOBODY, TAKEN_OVER, EDITOR_FAILED,
        EDITOR_EMPTY, EDITOR_SAME, EDIT_AGAIN, DISCARD,
        file_head(name: String, account: String, presets: String, protocols: String), EDITOR_DROPPED,
    }
    key_form {
        ACCOUNT, KEY, NAME, COMMENT, NONE, PASTE, PRIVATE, NO_COMMENT, with_comment(comment: String), GO,
    }
    secret {
        API_KEY, PASSWORD, CONSOLE, LABEL_KEY, LABEL_INSTANCE, LABEL_SECRET, KEYS, LABEL_ADDRESS, KEYS_CONSOLE, COPIED,
        KEEPING, CLOSING, keep_beside(user: String), keep_used(account: String), KEEP_NEITHER,
        kept_beside(store: Phrase, user: String), kept_used(account: String), not_kept(said: Phrase),
    }
    leaving {
        secret(name: String), begun(verb: Verb, name: String, done: Count, of: Count),
        not_begun(verb: Verb, name: String), ASK, turn(verb: Verb, name: String),
        not_begun_asks(verb: Verb, name: String), begun_asks(verb: Verb, name: String, done: Count, of: Count),
    }
}
