import type { Prefix } from './keys.ts';

/** What a function may do to a prefix. `read`: GetItem, BatchGetItem, Query; `check`: ConditionCheckItem. Nobody may scan. */
export type Action = 'read' | 'put' | 'update' | 'delete' | 'check';

export type Access = {
  readonly schedule: Partial<Record<Prefix, readonly Action[]>>;
  /** Index partitions it may query. */
  readonly gsi1?: readonly Prefix[];
  readonly gsi2?: readonly Prefix[];
  readonly private?: Partial<Record<Prefix, readonly Action[]>>;
};

/** Every signed-in call maps the token's subject to a person; staff and organiser calls read the roles too. */
const caller = { subject: ['read'], role: ['read'] } as const;

/** Messages made from bookings, from the uses of units, and from what a person's lock says of when they may give again. */
const announcing = {
  site: ['read'],
  person: ['read'],
  booking: ['read', 'put'],
  din: ['read', 'check'],
  donation: ['read', 'update'],
  message: ['read', 'put'],
  // What is doubtful of a donation is found where its use is announced: the text about it waits.
  doubt: ['read', 'put'],
  // What hospitals have said of what they were issued.
  issue: ['put'],
  // What has become of a donation's units, for the figures of its day; and that a day has to be counted again.
  unitsTaken: ['read', 'put'],
  recount: ['update'],
} as const;
/** Whom sites may call, as their lock and their wish say. */
const calling = { call: ['read'], callable: ['read', 'put', 'delete'], lock: ['read', 'put', 'check'] } as const;
/** A place that comes back goes to whoever waits for it: the list is read, and moved in the same transaction. */
const waited = { wait: ['read', 'put', 'check'] } as const;
/** Cancelling an event's bookings one by one, then closing it; making the events of a series, with their slots. */
const releasing = {
  event: ['read', 'put'],
  // `delete`: an event of a series that moves to another date is tied to no site.
  drive: ['read', 'delete'],
  series: ['read', 'put'],
  eventChange: ['read', 'put'],
  eventNote: ['read', 'put'],
  // What a team keeps in a shift that moves goes back.
  team: ['read', 'put'],
  cohost: ['put'],
  lock: ['read', 'put'],
  day: ['read', 'update', 'put'],
  ...waited,
} as const;
/** Whether a site's slots rest on an event's volunteers, and how many have signed up. */
const resting = { drive: ['read'], event: ['read'], team: ['read'] } as const;
/** Moving people out of what a site closes, to where there is room near it. */
const closing = { closure: ['read', 'put'], move: ['read', 'put'], moveCode: ['put'] } as const;
/** Making a person unknown who asked for it; what else that deletes is in the row itself. */
const forgetting = {
  erasing: ['read', 'delete'],
  person: ['read', 'delete'],
  subject: ['read', 'put', 'delete'],
  phone: ['read', 'delete'],
  role: ['read', 'delete'],
  budget: ['read', 'delete'],
  wait: ['read', 'put', 'check', 'delete'],
  proof: ['read', 'delete'],
  service: ['read'],
  hours: ['read', 'delete'],
  certificate: ['delete'],
  guardian: ['read', 'delete'],
  guardianCode: ['delete'],
  team: ['read', 'put', 'delete'],
  move: ['read', 'put', 'delete'],
  named: ['read', 'put', 'delete'],
  donorRef: ['read', 'update'],
} as const;
/** Making two records of one person one; what is written of donations and texts besides is in the row itself. */
const joining = {
  merge: ['read', 'put'],
  // The note that a merge is under way; where an id leads is never taken back.
  merged: ['read', 'delete'],
  person: ['read', 'put', 'delete'],
  phone: ['read', 'put', 'delete'],
  erasing: ['read', 'put', 'delete'],
  donation: ['read', 'update', 'put', 'delete'],
  din: ['read', 'check', 'update'],
  proof: ['read', 'delete', 'update'],
  service: ['read', 'put', 'delete', 'check'],
  hours: ['read', 'put', 'delete'],
  hoursRequest: ['read', 'put'],
  // `delete`: as forgetting does.
  certificate: ['read', 'update', 'delete'],
  cover: ['read', 'put', 'delete', 'check'],
  guardian: ['read', 'put', 'delete', 'check'],
  guardianCode: ['put', 'delete'],
  team: ['read', 'put', 'delete'],
  audit: ['put'],
} as const;
/** Moving a waiting list on, and telling people of their offers. */
const offering = { offerCode: ['put'], site: ['read'] } as const;

/**
 * Function -> prefix -> action: the only list of who may touch what. CDK turns it into IAM statements, and the tests run
 * every handler behind a client that refuses whatever is not here.
 */
export const ACCESS = {
  health: { schedule: { job: ['read'] } },
  sites: { schedule: { site: ['read'], siteSchedule: ['read'], day: ['read'], ...resting } },
  me: {
    schedule: {
      ...caller,
      // `check`: where an admin asks to be forgotten, another stays.
      role: ['read', 'check'],
      subject: ['read', 'put'],
      person: ['read', 'put', 'update'],
      lock: ['read', 'put'],
      phone: ['read', 'put', 'check'],
      erasing: ['read', 'put', 'check'],
      site: ['read'],
      booking: ['read', 'put'],
      day: ['read', 'update'],
      donation: ['read', 'update'],
      proof: ['put'],
      message: ['read'],
      // For the person's own export.
      service: ['read'],
      hours: ['read'],
      certificate: ['read'],
      guardian: ['read'],
      ...waited,
    },
    gsi1: ['ledger', 'waiter', 'holders', 'hoursAsked'],
    private: {
      identity: ['read', 'put'],
      tries: ['read', 'put'],
      // What the station told the person of a wait, in words written for them.
      deferral: ['read'],
      screening: ['read'],
      // For the person's own export.
      insured: ['read'],
      answers: ['read'],
      consent: ['read'],
      elsewhere: ['read'],
    },
  },
  precheck: {
    schedule: {
      ...caller,
      lock: ['read', 'put', 'check'],
      site: ['read'],
      // An answer that makes a live booking fall releases it.
      booking: ['read', 'put'],
      day: ['read', 'update'],
      ...waited,
    },
    private: {
      answers: ['read', 'put', 'delete'],
      consent: ['read', 'put', 'check'],
      elsewhere: ['read', 'put', 'delete'],
    },
  },
  bookings: {
    schedule: {
      ...caller,
      ...resting,
      merged: ['read'],
      lock: ['read', 'put'],
      // `check`: somebody takes over a place only where its shift still stands, and is asked to where it is still somebody's.
      day: ['read', 'update', 'check'],
      booking: ['read', 'put', 'check'],
      cover: ['read', 'put'],
      site: ['read'],
      ...waited,
    },
  },
  donations: {
    schedule: {
      ...caller,
      merged: ['read'],
      // `update`: what a document says of its holder is held against the profile.
      person: ['read', 'update'],
      // `update`: its settings are its staff's.
      site: ['read', 'update'],
      lock: ['read', 'put', 'check'],
      // `put`: a slot whose places are raised may gain a pool.
      day: ['read', 'update', 'put'],
      // `update`, `delete`: a donation that was recorded wrongly is put right.
      booking: ['read', 'put', 'update'],
      donation: ['read', 'put', 'update', 'delete'],
      din: ['read', 'put'],
      proof: ['update', 'delete'],
      audit: ['put'],
      ...waited,
    },
    gsi1: ['roster'],
    // The documents shown at check-in.
    private: {
      screening: ['put'],
      reaction: ['read', 'put'],
      deferral: ['put'],
      elsewhere: ['read', 'put'],
      document: ['read', 'put', 'delete'],
      documentOf: ['read', 'put', 'delete'],
    },
  },
  /** What staff do for people who call, stand at the door or have no phone, and what they enter of a day on paper. */
  desk: {
    schedule: {
      ...caller,
      // `subject`, `delete`, `update`: a number that is moved is cut off from its person, and others of the new one are in doubt.
      subject: ['read', 'put', 'delete'],
      person: ['read', 'put', 'update', 'delete'],
      phone: ['read', 'put', 'delete'],
      named: ['read', 'put', 'delete'],
      erasing: ['read', 'check'],
      merged: ['read', 'check'],
      roleBook: ['read', 'check'],
      message: ['put'],
      site: ['read'],
      lock: ['read', 'put'],
      day: ['read', 'update'],
      booking: ['read', 'put'],
      donation: ['put'],
      din: ['read', 'put'],
      audit: ['put'],
      ...waited,
    },
    gsi1: ['roster'],
    private: { deferral: ['put'], identity: ['read', 'put'], tries: ['delete'] },
  },
  /** Who has which role, and what lets somebody with one in: an admin's, and for the latter two admins'. */
  roles: {
    schedule: {
      ...caller,
      role: ['read', 'put', 'delete', 'check'],
      roleBook: ['read', 'put', 'check'],
      organisation: ['read'],
      // As at the desk, for a number that is moved and a second fact that is set anew.
      subject: ['read', 'put', 'delete'],
      person: ['read', 'put', 'update', 'delete', 'check'],
      phone: ['read', 'put', 'delete'],
      named: ['read', 'put', 'delete'],
      erasing: ['read', 'check'],
      merged: ['read', 'check'],
      message: ['put'],
      site: ['read'],
      lock: ['read', 'put'],
      day: ['read', 'update'],
      booking: ['read', 'put'],
      audit: ['put'],
      ...waited,
    },
    gsi1: ['holders'],
    private: {
      accountChange: ['read', 'put'],
      identity: ['read', 'put'],
      tries: ['delete'],
      // A second factor that was lost is taken away.
      factor: ['read', 'delete', 'check'],
    },
  },
  /** The second factor of those who have a role: shown here, it is noted beside their roles. */
  factors: {
    schedule: {
      ...caller,
      role: ['read', 'put', 'delete'],
      roleBook: ['read', 'check'],
      person: ['read'],
      audit: ['put'],
    },
    private: { factor: ['read', 'put'], tries: ['read', 'put', 'delete'] },
  },
  /** Browsers that staff share: for whom one is open is noted beside their roles. */
  stations: {
    schedule: { ...caller, role: ['read', 'update', 'delete'], person: ['read'], site: ['read'], audit: ['put'] },
    private: { station: ['read', 'put', 'delete', 'check'] },
  },
  units: {
    // `update`: how a site follows its units is its staff's.
    schedule: {
      ...caller,
      // The names of colleagues who made a step.
      person: ['read'],
      site: ['read', 'update'],
      din: ['read', 'put', 'update', 'check'],
      audit: ['put'],
    },
    gsi1: ['donated'],
    // Nothing is released whose results are not clear; what they are, it tells nobody. `put`: the group on a bag that was used.
    private: { laboratory: ['read', 'check', 'put'], bloodGroups: ['read', 'check'] },
  },
  /** What the laboratory found of a donation, and its donor's groups: read and told to staff here alone. */
  laboratory: {
    schedule: {
      ...caller,
      person: ['read'],
      site: ['read'],
      din: ['read', 'put', 'update', 'check'],
      audit: ['put'],
    },
    gsi1: ['donated'],
    private: { laboratory: ['read', 'put'], bloodGroups: ['read', 'put'], labAlert: ['read', 'put', 'delete'] },
  },
  /** What is called back, and from a donor all units and where they went. Why is known here alone. */
  recalls: {
    schedule: {
      ...caller,
      person: ['read'],
      site: ['read'],
      donation: ['read'],
      din: ['read', 'put', 'update', 'check'],
      recall: ['read', 'put'],
      audit: ['put'],
    },
    private: { recallReason: ['read', 'put'] },
  },
  /** What anybody may verify: the code is the permission, and nothing else can be read here. */
  records: { schedule: { proof: ['read'], certificate: ['read'] } },
  /** Alone with the requests that a donation be kept back: no other function can tell who asked, or that anybody did. */
  holds: {
    schedule: {
      ...caller,
      person: ['read'],
      site: ['read'],
      din: ['read', 'put', 'update', 'check'],
      audit: ['put'],
    },
    private: { hold: ['read', 'put', 'delete'] },
  },
  /** What is doubtful in the records, and what staff say of it. */
  doubts: {
    schedule: {
      ...caller,
      person: ['read'],
      site: ['read'],
      din: ['read'],
      doubt: ['read', 'put'],
      issue: ['read'],
      audit: ['put'],
    },
    gsi1: ['doubted'],
    // Which group was found and which was reported, for whoever has to settle it.
    private: { laboratory: ['read'] },
  },
  events: {
    schedule: {
      ...caller,
      // `site`: of a tie that is asked for.
      drive: ['put', 'delete'],
      site: ['read'],
      // `put`: people without a smartphone are put on record and signed up by whom they called.
      person: ['read', 'put'],
      phone: ['read', 'put'],
      organisation: ['read'],
      event: ['read', 'put'],
      series: ['read', 'put'],
      eventChange: ['put'],
      eventNote: ['read', 'put'],
      cohost: ['read', 'put', 'delete'],
      day: ['read', 'put', 'update'],
      // What somebody says they can do, and what an organiser confirms of it; on a roster, who has what.
      lock: ['read', 'put'],
      booking: ['read', 'put'],
      // Who looks for somebody to take over, and whose guardian has agreed.
      cover: ['read'],
      guardian: ['read'],
      // What teams keep, and have not taken yet.
      team: ['read'],
      // Who waits for a place of the event, for its organisers; `put`: places that are added, or come back, while somebody waits are theirs.
      wait: ['read', 'put', 'check'],
      audit: ['put'],
    },
    gsi1: ['published', 'roster'],
    gsi2: ['organisationEvents'],
    // How many numbers an organiser has looked up today.
    private: { tries: ['read', 'put'] },
  },
  /** On the day: who of an event's volunteers has come and gone, and what that comes to. */
  attendance: {
    schedule: {
      ...caller,
      person: ['read'],
      event: ['read'],
      // `put`: whoever came without a place takes one at the door.
      lock: ['read', 'put', 'check'],
      day: ['read', 'update'],
      booking: ['read', 'put'],
      service: ['read', 'put', 'delete'],
      // Certificates that count what is recorded otherwise are marked.
      hours: ['read', 'put', 'check'],
      certificate: ['read', 'update'],
      shiftCode: ['read', 'put'],
      audit: ['put'],
    },
    gsi1: ['roster'],
  },
  /** Who signs up for a shift together: a place is kept for each whom a lead names, until they say yes. */
  teams: {
    schedule: {
      ...caller,
      event: ['read'],
      team: ['read', 'put'],
      lock: ['read', 'put'],
      // `check`: a place is taken only where its shift still stands.
      day: ['read', 'update', 'check'],
      booking: ['read', 'put'],
      ...waited,
    },
    gsi2: ['ledTeams'],
  },
  /** What guardians say of those who are not of age: they are texted, and answer by the code alone. */
  /** Under which documents volunteers are insured; the one area that answers with whole identity numbers, to whoever insures them. */
  insurance: {
    schedule: {
      ...caller,
      person: ['read'],
      lock: ['check'],
      event: ['read'],
      booking: ['read'],
      audit: ['put'],
    },
    gsi1: ['roster'],
    private: { insured: ['read', 'put'] },
  },
  guardians: {
    schedule: {
      ...caller,
      person: ['read'],
      event: ['read'],
      guardian: ['read', 'put'],
      guardianCode: ['read', 'put', 'delete'],
      message: ['put'],
      lock: ['read', 'put', 'check'],
      // What somebody had signed up for and no longer may is given up.
      booking: ['read', 'put'],
      day: ['read', 'update'],
      audit: ['put'],
      ...waited,
    },
    private: { tries: ['read', 'put'] },
  },
  /** Hours of service: what was timed is read here, what is added by hand or corrected is written, and nothing of it is changed. */
  hours: {
    schedule: {
      ...caller,
      person: ['read'],
      organisation: ['read'],
      event: ['read'],
      booking: ['read'],
      service: ['read', 'check'],
      lock: ['read', 'check'],
      hours: ['read', 'put', 'check'],
      hoursRequest: ['read', 'put'],
      hoursSettings: ['read', 'put', 'check'],
      certificate: ['read', 'put', 'update'],
      audit: ['put'],
    },
    gsi1: ['served', 'hoursAsked'],
    gsi2: ['hoursStanding'],
  },
  messages: { schedule: { ...caller, message: ['read', 'put'], audit: ['put'] }, gsi2: ['problem'] },
  waiting: {
    schedule: {
      ...caller,
      ...resting,
      person: ['read'],
      site: ['read'],
      lock: ['read', 'put'],
      day: ['read', 'update'],
      booking: ['put'],
      wait: ['read', 'put', 'update'],
      offerCode: ['read'],
      audit: ['put'],
    },
    gsi1: ['waiter'],
  },
  /** What a site's days came to. What was counted names nobody; of days that are not over, whoever counts reads the rosters and why somebody was deferred. */
  figures: {
    schedule: { ...caller, site: ['read'], day: ['read'], job: ['read'] },
    gsi1: ['roster', 'donated'],
    private: { figures: ['read'], deferral: ['read'] },
  },
  /** Calling donors when a site is short: how many may be called, the calls, and what came of them. Whom they ask is told to nobody. */
  calls: {
    schedule: {
      ...caller,
      ...resting,
      // `update`: how it calls is its staff's.
      site: ['read', 'update'],
      day: ['read'],
      call: ['read', 'put', 'update'],
      callCode: ['read', 'put'],
      message: ['read'],
      audit: ['put'],
    },
    gsi1: ['reach', 'asked', 'roster'],
    // How many of a group may be called.
    private: { bloodGroups: ['read'] },
  },
  /** What everybody did, for an auditor; it can add to that, and change nothing. */
  audit: { schedule: { ...caller, person: ['read'], site: ['read'], merged: ['read'], audit: ['read', 'put'] } },
  /** Who somebody at the desk is, and two records of one person. */
  identity: {
    schedule: {
      ...caller,
      person: ['read'],
      site: ['read'],
      lock: ['read', 'put'],
      booking: ['read', 'put'],
      day: ['read', 'update'],
      donation: ['read'],
      merge: ['read', 'put'],
      merged: ['read', 'put', 'check'],
      roleBook: ['read', 'check'],
      erasing: ['read', 'check'],
      audit: ['put'],
      ...waited,
    },
    private: { document: ['read'], documentOf: ['read'], consent: ['read'], elsewhere: ['read'] },
  },
  /** A site's week as its staff plan it, and the slots that follow from it. */
  planning: {
    schedule: {
      ...caller,
      // What is tied to the site, and how it stands.
      drive: ['read', 'put', 'delete'],
      event: ['read', 'put'],
      team: ['read'],
      site: ['read'],
      siteSchedule: ['read', 'put', 'update'],
      closure: ['read'],
      day: ['read', 'put', 'delete'],
      audit: ['put'],
    },
  },
  /** What a site closes or cuts, whom that moves, and what they say to it. */
  closures: {
    schedule: {
      ...caller,
      ...resting,
      person: ['read'],
      site: ['read'],
      lock: ['read', 'put'],
      day: ['read', 'update'],
      booking: ['read', 'put'],
      closure: ['read', 'put'],
      move: ['read', 'put'],
      moveCode: ['read'],
      audit: ['put'],
      ...waited,
    },
    gsi1: ['roster', 'moved'],
  },
  /** Places kept for work units: made and released by staff; what a code says of them is for whoever has it. */
  blocks: {
    schedule: {
      ...caller,
      site: ['read'],
      day: ['read', 'put', 'update'],
      block: ['read', 'put'],
      blockCode: ['read', 'put'],
      // The name of whoever made it.
      person: ['read'],
      audit: ['put'],
      wait: ['read', 'put'],
    },
  },
  /** Files of the station's and of hospitals: begun, looked at and applied here, read by `imports`. */
  files: {
    schedule: { ...caller, site: ['read'], import: ['read', 'put'], importRefused: ['read'], audit: ['put'] },
    gsi2: ['imported'],
  },
  /** The table's stream: derives messages, releases the bookings of cancelled events, moves waiting lists on. */
  announce: {
    schedule: {
      ...announcing,
      ...releasing,
      ...offering,
      ...closing,
      ...calling,
      hoursRequest: ['read', 'check'],
      person: ['read', 'check'],
    },
    gsi1: ['roster', 'waiter'],
    // A group that a hospital reports otherwise is a doubt; which it is stays there.
    private: { laboratory: ['read'] },
  },
  /** Every minute: queues what is due, goes on releasing, erasing and moving waiting lists on, marks who did not come, and sweeps at night. */
  tick: {
    schedule: {
      ...announcing,
      ...releasing,
      ...offering,
      ...closing,
      ...forgetting,
      ...joining,
      ...calling,
      // Asks the donors that a site calls, and forgets whom it may call.
      call: ['read', 'update'],
      person: ['read', 'put', 'delete', 'check'],
      // Counts days that are over, and those that changed afterwards.
      recount: ['read', 'update', 'delete'],
      siteSchedule: ['read'],
      subject: ['read', 'put', 'delete'],
      booking: ['read', 'put', 'delete'],
      message: ['read', 'put', 'delete'],
      job: ['read', 'put'],
      // What is left of the places kept for a work unit becomes everybody's; `put`: a slot that gains them may gain a pool.
      block: ['read', 'put'],
      day: ['read', 'update', 'put'],
      // Goes on with recalls that were stopped halfway.
      recall: ['read', 'put'],
      din: ['read', 'put', 'update', 'check'],
      // What a rule records may take the place of what was added for that shift.
      hours: ['read', 'put', 'check', 'delete'],
    },
    gsi1: [
      'roster',
      'donated',
      'published',
      'cancelling',
      'waiter',
      'applying',
      'moved',
      'recalling',
      'joining',
      'making',
      'changing',
      'telling',
      'blockDue',
      'teamDue',
      'calling',
      'reach',
      'asked',
      'hoursAsked',
    ],
    gsi2: ['due', 'waitDue', 'attending', 'ledTeams'],
    private: {
      factor: ['read', 'delete'],
      identity: ['read', 'delete'],
      document: ['read', 'put', 'delete'],
      insured: ['read', 'delete'],
      documentOf: ['read', 'put', 'delete'],
      deferral: ['read', 'put', 'delete'],
      screening: ['read', 'put', 'delete'],
      laboratory: ['read'],
      bloodGroups: ['read', 'put', 'delete'],
      labAlert: ['read', 'put', 'delete'],
      sealed: ['put'],
      answers: ['read', 'put', 'delete'],
      consent: ['read', 'put', 'delete'],
      elsewhere: ['read', 'put', 'delete'],
      figures: ['read', 'put'],
    },
  },
  sender: {
    schedule: {
      message: ['read', 'put'],
      person: ['read'],
      booking: ['check'],
      din: ['check'],
      lock: ['check'],
      wait: ['check'],
      guardian: ['check'],
      call: ['check'],
      budget: ['update'],
    },
  },
  /** Reads the files that were uploaded, row by row, and writes what they say. */
  imports: {
    schedule: {
      site: ['read'],
      import: ['read', 'put'],
      importRefused: ['put'],
      donorRef: ['read', 'put'],
      merged: ['read'],
      person: ['read', 'put'],
      phone: ['read', 'put'],
      lock: ['read', 'put', 'check'],
      donation: ['read', 'put'],
      din: ['read', 'put', 'check', 'update'],
      audit: ['put'],
      // A donation or a deferral that makes a live booking fall releases it.
      booking: ['read', 'put'],
      day: ['read', 'update'],
      ...waited,
    },
    gsi1: ['importing'],
    private: {
      identity: ['read', 'put'],
      deferral: ['read', 'put'],
      elsewhere: ['read', 'delete'],
      // Identity numbers of donors from before opening.
      document: ['read', 'put'],
      documentOf: ['read', 'put'],
      // Groups of donors, and of donations, from before opening.
      bloodGroups: ['read', 'put'],
      laboratory: ['read', 'put'],
      // What reacted, as the blood bank's own system says, is raised to staff.
      labAlert: ['read', 'put', 'delete'],
    },
  },
  /** Hourly: reads the days of the log that are over, to seal them where nothing can be altered. */
  seals: { schedule: { site: ['read'], audit: ['read'], job: ['read', 'put'] } },
  /** Nightly: makes the slots of the coming weeks. */
  schedules: {
    schedule: { site: ['read'], siteSchedule: ['read', 'update'], closure: ['read'], day: ['read', 'put', 'delete'] },
  },
} as const satisfies Record<string, Access>;
