//! What went wrong, what to do about it, what is waited for. Data only.

use super::texts;

texts! {
    fault {
        unreachable(host: String, said: Phrase), timed_out(host: String), broken_off(said: Phrase), CREDENTIALS,
        no_secret(said: Phrase), secret_awaited(from: String), locked_secret(said: Phrase),
        unauthorised(service: String), not_offered(said: Phrase), OVER_BUDGET, QUOTA,
        refused(status: Count, said: Phrase),
        not_understood(field: String, said: Phrase), next_try(fault: Phrase, time: String),
    }
    fault_brief {
        UNREACHABLE, TIMED_OUT, BROKEN_OFF, NO_SECRET, UNAUTHORISED, SECRET_AWAITED, LOCKED_SECRET, QUOTA,
        refused(status: Count), NOT_UNDERSTOOD, NOT_OFFERED,
    }
    fault_do {
        UNREACHABLE, TIMED_OUT, BROKEN_OFF, credentials(account: String), LOCKED_SECRET,
        credentials_variable(from: String), credentials_program(from: String), no_secret_variable(from: String),
        no_secret_program(from: String), DEMO, no_secret(account: String), SECRET_AWAITED, UNAUTHORISED, OVER_BUDGET,
        QUOTA, REFUSED, NOT_UNDERSTOOD, NOT_OFFERED, credentials_cloud(name: String), no_secret_cloud(name: String),
    }
    wait {
        secret(account: String, from: String), ADDRESS, answer(account: String),
        provider(account: String, wait: Duration), budget(account: String, wait: Duration),
    }
    again {
        not_connected(said: Phrase), BUDGET, TOO_MUCH, BUSY, PREPARES,
    }
    refusal {
        RESIZE,
        TOKEN_KEY, RUNS_ALREADY, OFF_ALREADY, KEY_KIND, LICENCE, STILL_RUNS, OUT_OF_STOCK, FIREWALL_ON_MACHINE,
        RESTORE_WHILE_RUNNING, TOKEN_USER, IMAGE_PROTECTED, GONE, SAVE, REBUILD, CREATE, FIREWALL_ON_INSTANCE, KEY,
        KEY_EXISTS, VOLUME_IN_USE,
    }
    not_sent {
        not_sent(said: Phrase), not_logged_in(said: Phrase), no_path(part: String), no_request(call: String),
        NO_PASSWORD, NO_SNAPSHOT, NO_KEY, NO_CONSOLE, NO_LIST, NOT_A_LIST, NOTHING_SENT,
    }
    http {
        OVER_BUDGET, too_large(limit: String), header(name: String), proxy_unusable(name: String),
        through(said: Phrase, proxy: String), login_timed_out(host: String), LOGINS,
        login_refused(status: Count, said: Phrase), login_odd(field: String, said: Phrase),
        nothing_there(address: String, said: Phrase), credentials(said: Phrase), tenant(said: Phrase, tenant: String),
        no_tenant(tenant: String), other_tenant(other: String, tenant: String), user(said: Phrase),
        credential(said: Phrase),
        token(said: Phrase), project(said: Phrase), domains(said: Phrase), NO_PROJECT, NO_SUCH_HEADER,
        versions(address: String, known: String), forbidden(said: Phrase), UNKNOWN_AUTHORITY,
    }
    failed {
        attempts(count: Count, why: Phrase), refused(said: Phrase), refused_means(said: Phrase, meaning: Phrase),
        error_state(name: String, said: String), NO_EFFECT, own_rule(rule: String), made(name: String, said: String),
        MADE_UNKNOWN, NOT_STAYED,
        NOT_MADE, undone(what: Phrase), not_undone(what: Phrase, why: Phrase),
        NOT_RESIZED,
    }
    cancelled {
        NOT_WANTED, TAKEN_BACK, LEFT, NOT_AWAITED, END_NOT_AWAITED, REST, ONE_FAILED,
    }
    refused {
        read_only(account: String, count: Count), in_account(account: String, why: Phrase),
        and(one: Phrase, rest: Phrase), protected(name: String), protected_here(name: String, account: String),
        in_doubt(verb: Verb, name: String, op: String), busy(verb: Verb, name: String, op: String), NOTHING,
        MARKED_HIDDEN, TWO_ACCOUNTS, ONE_AT_A_TIME, because(verb: Verb, name: String, why: Phrase),
        nothing_to_do(verb: Verb, name: String), create_firewall(why: Phrase),
    }
    why_not {
        NEVER, NO_SNAPSHOTS, SNAPSHOTS_UNKNOWN, NO_PLAN, PUBLIC, NOT_READ, NOT_OVER, gone(name: String), PASSWORD_LOST,
    }
    cannot {
        KEY_IN_USE, PARK, BEING_MADE, unknown(sent: String), NEVER_MADE, RUNS_ALREADY, OFF_ALREADY, STOPS_ALREADY,
        ONLY_STOPPED, ONLY_RUNNING, UNDER_WAY, slots(n: Count), SNAPSHOT_NOT_AVAILABLE, ONLY_FAILED, SNAPSHOT_UNDER_WAY,
        INSTANCE_NOT_READY, INSTANCE_GONE, DETACH, LOCKED, FIREWALL_FIXED, FIREWALL_DEFAULT, BOOT_VOLUME, VOLUME_GONE,
        firewall_on(names: String),
        firewalls(n: Count), FAILED, CONFIRM_RESIZE, NOT_READY, its_instance(why: Phrase), INSTANCE_GONE_RESTORE_AS_NEW,
        ORIGIN_NOT_TOLD,
        disk_too_small(needed: Count, disk: Count), IMAGE_NOT_AVAILABLE, BEING_SAVED, PLANS_NOT_KNOWN,
        plan(needed: Count), PLAN_SAME, disk_shrinks(gb: Count), PLAN_APART, NO_RESIZE, KEY_ADDRESS, KEY_NAME, NO_PORT, rule(line: String),
    }
    overtaken {
        rules(name: String, changed: String), gone(name: String), renamed(name: String, now: String),
        status(name: String, was: Phrase, is: Phrase, said: String), changed(name: String),
        step(name: String, is: String, needs: Phrase), no_copy(name: String),
    }
    journal {
        unreadable(said: Phrase), not_read(said: Phrase), not_written(said: Phrase), protected(name: String), ENDED,
        LOCKED,
        torn(count: Count), newer(count: Count), no_lock(folder: String, said: String),
        no_take_over(folder: String),
    }
    log {
        not_written(said: String),
    }
    away {
        ended(program: String, how: Phrase), SIGNAL, status(n: String), NO_SECRET, NOTHING,
        not_begun(program: String, said: String), quote(variable: String), no_file(said: String),
    }
    console {
        asked(name: String), OPENED, failed(why: Phrase), scheme(scheme: String), NO_ADDRESS, NO_BROWSER,
    }
    ssh {
        DEMO, no_address(name: String), no_ipv4(name: String), no_ipv6(name: String),
        odd_address(name: String, address: String),
    }
}
