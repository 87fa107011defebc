// Who may do what to which record: every operation of the API × scope × role, as one golden table.
//
// Edits and moves are sent with a version that is none, so that nothing changes: 412 says "you might", 404 "there is no
// such record for you", 403 "your role never may". Makes are sent with a body that a later check refuses, where there
// is one. UPDATE_GOLDEN=1 writes the table anew; both engines are held against the same one.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Client, NOBODY, forEachEngine, liveTeam, writePaper } from './lib.mjs';

const golden = new URL('../golden/matrix.txt', import.meta.url).pathname;
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='; // a PNG of one point
const STALE = 999999;

const COLUMNS = { nobody: null, norole: null, lapsed: null, leader: 'leader', office: 'office', head: 'head', deputy: 'deputy', liaison: 'member1', member: 'member2', unit: 'unit', discipl: 'discipline', organis: 'organisation', propag: 'propaganda', room: null, sysadm: 'sysadmin', secadm: 'secadmin', auditor: 'auditor' };

// The records that the rows name, by entity and scope:
//   live      the team's own inspection, its rights in force        other     another team's, in the same round
//   past      the team's of an earlier round, its rights ended; fed back to the unit of the unit's account
//   foreign   of that earlier round too, of another unit           planned, told   of the account's unit, before and after the notice
async function records(city) {
    const office = city.as('office');
    const first = async (path, who = office) => (await who.items(path + (path.includes('?') ? '&' : '?') + 'limit=1&sort=id'))[0];
    const live = await liveTeam(city);
    const finance = await first('units?code=SZ001');
    const third = await first('units?code=SZ003');
    const inspections = {
        live: live.inspection,
        other: await first('inspections?state=on_site&team.ne=' + live.inspection.team),
        past: await first('inspections?round.number=6&unit=' + finance.id),
        foreign: await first('inspections?round.number=6&unit=' + third.id),
    };
    const organiser = (await first('organisers')).id;
    for (const [scope, number] of [['planned', 9], ['told', 10]]) {
        const round = await office.post('rounds', { organiser, term: '第十三届', type: 'special', name: `第${number}轮`, year: 2021, taxonomy: 'T6', starts_on: '2021-10-01' });
        const team = await office.post('teams', { round: round.id, name: '专项组' });
        inspections[scope] = await office.post('inspections', { round: round.id, team: team.id, unit: finance.id });
    }
    await office.move('inspections', inspections.told.id, 'notify');
    const told = await office.post('feedbacks', { inspection: inspections.told.id, number: '示巡反〔2021〕1001号' });
    const revised = await writePaper(city, live, 4);
    await city.as('head').move('papers', revised.id, 'revise', { reason: '试' });
    const meeting = await first('meetings');
    const minutes = await office.post('attachments', { subject: 'meetings', record: meeting.id, name: '纪要.txt', evidence: await office.upload(Buffer.from('纪要'), { organiser }) });

    const found = {};
    const add = (entity, scope, record) => ((found[entity] ??= {})[scope] = record.id);
    for (const [scope, inspection] of Object.entries(inspections)) {
        add('inspections', scope, inspection);
        if (scope === 'planned' || scope === 'told') continue;
        for (const entity of ['papers', 'finding_papers', 'findings', 'evidence']) add(entity, scope, await first(`${entity}?inspection=${inspection.id}`));
        add('signatures', `${scope} paper`, await first(`signatures?subject=papers&inspection=${inspection.id}`));
        add('attachments', `${scope} paper`, await first(`attachments?subject=papers&inspection=${inspection.id}`));
        if (scope === 'live' || scope === 'past') {
            for (const entity of ['teams', 'members', 'authorisations']) add(entity, scope, await first(`${entity}?round=${inspection.round}`));
            add('rounds', scope, { id: inspection.round });
        }
        if (scope !== 'past' && scope !== 'foreign') continue;
        for (const entity of ['feedbacks', 'rectifications', 'statements']) add(entity, scope, await first(`${entity}?inspection=${inspection.id}`));
        add('signatures', `${scope} item`, await first(`signatures?subject=rectifications&inspection=${inspection.id}`));
        add('attachments', `${scope} item`, await first(`attachments?subject=rectifications&inspection=${inspection.id}`));
    }
    add('feedbacks', 'told', told);
    add('paper_revisions', 'live', await first(`paper_revisions?paper=${revised.id}`));
    add('attachments', 'meeting', minutes);
    add('units', 'own', finance), add('units', 'foreign', third);
    add('unit_facts', 'own', await first('unit_facts?unit=' + finance.id)), add('unit_facts', 'foreign', await first('unit_facts?unit=' + third.id));
    for (const entity of ['organisers', 'people', 'rule_sets', 'meetings']) add(entity, 'any', await first(entity));
    Object.assign(found, { trainings: {}, regulations: {}, publications: {}, clean_ups: {} });
    await filed(city, { add, first, found, inspections });
    await onward(city, { add, first, organiser, finance, third, inspections });
    const set = await office.post('figure_sets', { organiser, title: '试', as_of: '2021-10-31', chosen: 'findings_fed_back' });
    add('figure_sets', 'any', set);
    add('forms', 'any', await office.post('forms', { organiser, body: JSON.stringify({ code: 'BB', title: '试', columns: [{ key: 'a', label: '试', figure: 'rounds_regular' }], rows: [{ key: 'r', label: '试' }] }) }));
    for (const entity of ['frozen_figures', 'frozen_lists']) add(entity, 'any', await first(`${entity}?figure_set=${set.id}`));
    for (const scope of ['past', 'foreign']) {
        const draft = () => office.post('documents', { organiser, kind: 'rectification_list', record: inspections[scope].id, title: '试', maker: '市委巡察办', dated_on: '2021-10-20' });
        add('documents', `${scope} draft`, await draft());
        const issued = await draft();
        await office.move('documents', issued.id, 'issue');
        add('documents', `${scope} issued`, issued);
    }
    const shipped = await office.request('GET', 'templates/notice/file');
    add('templates', 'any', await office.post('templates', { organiser, kind: 'notice', title: '试', file: shipped.bytes.toString('base64') }));
    const recheck = await office.post('rechecks', { organiser, title: '试', strata: 'unit', size: 20, seed: '试' });
    add('rechecks', 'any', recheck);
    add('recheck_items', 'any', await first(`recheck_items?recheck=${recheck.id}`));
    add('seal_images', 'any', await office.post('seal_images', { organiser, kind: 'seal', name: '试', file: DOT }));
    Object.assign(found, { document_files: {} });
    for (const scope of ['past', 'foreign']) {
        await office.move('inspections', inspections[scope].id, 'catalogue');
        const item = await first(`dossier_items?inspection=${inspections[scope].id}`);
        add('dossier_items', scope, item);
        add('dossier_loans', scope, await office.post('dossier_loans', { item: item.id, borrower: '甲', purpose: '试', due_on: '2021-12-31' }));
    }
    await evaluated(city, { add, first, inspections });
    const rules = await office.get(`rule_sets/${found.rule_sets.any}/rules`);
    const later = await office.post('rule_sets', { body: JSON.stringify({ ...rules, version: 2 }) });
    await office.move('rounds', inspections.planned.round, 'adopt', { rule_set: later.id, number: '试', decided_by: '甲', reason: '试', means: 'ink', paper_no: '试', on_behalf_of: '甲' });
    add('adoptions', 'planned', await first(`adoptions?round=${inspections.planned.round}`));
    for (const entity of ['accounts', 'settings']) add(entity, 'any', await first(entity, city.as('sysadmin')));
    add('assignments', 'any', await first('assignments', city.as('secadmin')));
    return { found, inspections, meeting, organiser, later: later.id, people: live.people };
}

// An approved plan, a report before its bodies, a publication copy with an item withheld; elsewhere a draft.
async function filed(city, { add, first, found, inspections }) {
    const office = city.as('office');
    const inked = { means: 'ink', paper_no: '会审〔2021〕1号', on_behalf_of: '甲' };
    for (const i of (await city.as('unit').all(`rectifications?inspection=${inspections.past.id}`)).filter((x) => ['pending', 'ongoing', 'basic', 'long_term', 'rebound'].includes(x.state))) await city.as('unit').patch('rectifications', i.id, { measures: '试', target: '试', leader: '甲', department: '试', handler: '乙' });
    const plan = await city.as('unit').post('filings', { inspection: inspections.past.id, kind: 'plan', text: '试', pledge: '试', pledged_by: '甲', pledged_on: '2021-10-29' });
    await city.as('unit').move('filings', plan.id, 'submit');
    for (const review of await office.all(`filing_reviews?filing=${plan.id}`)) await office.move('filing_reviews', review.id, 'give', { verdict: 'agreed', ...inked });
    await office.move('filings', plan.id, 'approve', inked);
    const reported = await city.as('unit').post('filings', { inspection: inspections.past.id, kind: 'principal', text: '试', meetings: 1, led: 0 });
    await city.as('unit').move('filings', reported.id, 'submit');
    const copy = await city.as('unit').post('filings', { inspection: inspections.past.id, kind: 'publication', text: '试' });
    add('filings', 'own approved', plan);
    add('filings', 'own in review', reported);
    add('filings', 'own draft', copy);
    add('filings', 'foreign draft', await office.post('filings', { inspection: inspections.foreign.id, kind: 'plan' }));
    add('filing_reviews', 'own open', await first(`filing_reviews?filing=${reported.id}`));
    add('withholdings', 'own', await city.as('unit').post('withholdings', { filing: copy.id, rectification: found.rectifications.past, cause: 'petition', reason: '试' }));
}

// What hangs on items and rounds: own of the unit's account, and of another unit.
async function onward(city, { add, first, organiser, finance, third, inspections }) {
    const office = city.as('office');
    for (const [scope, unit] of [['own', finance], ['foreign', third]]) {
        const item = await first(`rectifications?state=ongoing&unit=${unit.id}`);
        add('rectifications', `${scope} open`, item);
        add('adjustments', scope, await office.post('adjustments', { rectification: item.id, kind: 'extension', cause: 'other', reason: '待决算', due_on: '2022-06-30' }));
        const past = await office.post('findings/past', { round: item.round, unit: unit.id, number: 301, title: '试', state: 'ongoing', due_on: '2022-03-31', fed_back_on: '2021-06-01' });
        const objected = await first(`rectifications?finding=${past.id}`);
        add('rectifications', `${scope} objected`, objected);
        add('objections', scope, await office.post('objections', { rectification: objected.id, wish: 'amend', grounds: '试', asked_by: '甲', asked_on: (await office.get(`feedbacks/${(await office.get(`rectifications/${objected.id}`)).feedback}`)).delivered_on }));
        add('effects', scope, await office.post('effects', { rectification: item.id, kind: 'rule_made', made_on: '2021-10-20', text: '试', basis: '试', stated_by: '甲' }));
        add('shares', scope, await office.post('shares', { rectification: item.id, unit: unit.id, part: 'leading', content: '牵头' }));
        for (const state of ['draft', 'issued']) {
            const letter = await office.post('letters', { organiser, kind: 'reminder', body: 'office', maker: '市委巡察办', number: `示巡提〔2021〕${scope}${state}`, unit: unit.id, subject: '提醒', demand: '请报送进展。', items: [item.id] });
            if (state === 'issued') await office.move('letters', letter.id, 'issue');
            add('letters', `${scope} ${state}`, letter);
            add('letter_items', `${scope} ${state}`, await first(`letter_items?letter=${letter.id}`));
        }
        add('workbooks', scope, await office.post('workbooks', { inspection: item.inspection }));
    }
    await supervised(city, { add, organiser, finance, third });
    for (const [scope, round] of [['live', inspections.live.round], ['planned', inspections.planned.round]]) add('focuses', scope, await office.post('focuses', { round, text: '试' }));
    const project = await office.post('projects', { round: inspections.planned.round, name: '试', kind: 'other', unit: finance.id });
    for (const scope of ['live', 'other']) {
        const draft = await first(`findings?state=draft&inspection=${inspections[scope].id}`);
        add('findings', `${scope} draft`, draft);
        add('fact_checks', scope, await office.post('fact_checks', { finding: draft.id, facts: '试' }));
    }
    add('projects', 'planned', project);
    add('project_units', 'planned', await office.post('project_units', { project: project.id, unit: third.id, part: 'cooperating' }));
    const instruction = await office.post('instructions', { organiser, kind: 'oral', issuer: '市委书记', issued_on: '2021-10-01', text: '试' });
    add('instructions', 'any', instruction);
    const asked = await first('adjustments?state=asked');
    const clerk = await city.person('jing.ban', '经办', { role: 'office', everything: true });
    add('handovers', 'own', await office.post('handovers', { task: 'adjustment.decide', record: asked.id, person: clerk.person.id, reason: '分工' }));
    add('imports', 'any', await office.post('imports', { organiser, subject: 'units', file_name: 'a.csv' }));
    add('instruction_tasks', 'any', await office.post('instruction_tasks', { instruction: instruction.id, content: '试', owner: '试' }));
}

// What the supervisors and the leadership record beside the rounds.
async function supervised(city, { add, organiser, finance, third }) {
    const office = city.as('office');
    for (const [scope, unit] of [['own', finance], ['foreign', third]]) add('supervision_logs', scope, await office.post('supervision_logs', { organiser, body: 'office', supervisor: '试', unit: unit.id, method: 'site', done_on: '2021-10-20', found: '试' }));
    for (const body of ['discipline', 'office']) {
        const talk = await office.post('talks', { organiser, number: `${body}1`, kind: 'talk', body, maker: '试', chair: '甲', held_on: '2021-10-20', cause: 'weak', content: '试' });
        add('talks', body, talk);
        for (const [scope, unit] of [['own', finance], ['foreign', third]]) add('legacy_issues', `${scope}, ${body}`, await office.post('legacy_issues', { organiser, title: '试', since: 2009, unit: unit.id, obstacle: '试', body, lead_body: '试' }));
        const party = (unit) => office.post('talk_parties', { talk: talk.id, unit: unit.id, post: 'principal', commitment: '试', due_on: '2021-12-31' });
        add('talk_parties', `own, ${body}`, await party(finance));
        add('talk_parties', `foreign, ${body}`, await party(third));
    }
}

// An evaluation of the account's unit that is settled, and one of another unit under way with a sheet that is sealed.
async function evaluated(city, { add, first, inspections }) {
    const office = city.as('office');
    for (const scope of ['past', 'foreign']) {
        const inspection = await office.get(`inspections/${inspections[scope].id}`);
        const late = (await office.all(`rectifications?inspection=${inspection.id}&state=ongoing&fields=due_on,due_first`)).filter((i) => !i.due_first);
        if (late.length) await office.move('inspections', inspection.id, 'follow_up');
        const evaluation = await office.post('evaluations', { inspection: inspection.id, scheme: 'deduct-100' });
        const sheets = await office.all(`evaluation_sheets?evaluation=${evaluation.id}`);
        await office.move('evaluations', evaluation.id, 'count', { ballots: '职工 30 0 0 0' });
        for (const sheet of scope === 'past' ? sheets : sheets.filter((s) => s.role === 'discipline').slice(0, 1)) await city.as(sheet.role).move('evaluation_sheets', sheet.id, 'score', { marks: '' });
        if (scope === 'past') await office.move('evaluations', evaluation.id, 'close');
        if (scope === 'past') await city.as('leader').move('evaluations', evaluation.id, 'settle', { opinion: '同意' });
        add('evaluations', scope, evaluation);
        add('evaluation_parts', scope, await first(`evaluation_parts?evaluation=${evaluation.id}`));
        add('evaluation_ballots', scope, await first(`evaluation_ballots?evaluation=${evaluation.id}`));
        add('evaluation_sheets', scope, sheets.find((s) => s.role === 'office'));
        if (scope === 'foreign') add('evaluation_sheets', 'foreign sealed', sheets.find((s) => s.role === 'discipline'));
    }
}

// Bodies of the makes: complete, and refused by a rule that comes after the scope (or made, where there is none).
function makes(r) {
    const { found, inspections, people } = r;
    const scopes = (names, body) => names.map((scope) => [scope, body(scope)]);
    const four = ['live', 'other', 'past', 'foreign'];
    const all = [...four, 'planned', 'told'];
    return {
        teams: scopes(['live', 'past'], (s) => ({ round: found.rounds[s], name: '第三组' })),
        members: scopes(['live', 'past'], (s) => ({ team: found.teams[s], person: people.head, duty: 'member' })),
        inspections: scopes(four, (s) => ({ round: inspections[s].round, team: inspections[s].team, unit: inspections[s].unit })),
        authorisations: scopes(['live', 'past'], (s) => ({ round: found.rounds[s], number: '示巡组〔2021〕试号', decided_by: '甲', decided_on: '2021-10-01', valid_from: '2021-10-02', valid_to: '2021-10-01' })),
        papers: scopes(all, (s) => ({ inspection: inspections[s].id, title: '试', collector: people.member, checker: people.member })),
        findings: scopes(all, (s) => ({ inspection: inspections[s].id, title: '试', text: '试', category: 'T6.1', papers: [] })),
        feedbacks: scopes(all, (s) => ({ inspection: inspections[s].id, number: `示巡反〔2021〕试${all.indexOf(s)}号`, evaluation: '试' })),
        statements: ['progress', 'remark'].flatMap((kind) => ['past', 'foreign'].map((s) => [`${s} ${kind}`, { rectification: found.rectifications[s], kind, text: '试', stated_on: '2021-12-31' }])),
        adjustments: scopes(['own', 'foreign'], (s) => ({ rectification: found.rectifications[`${s} open`], kind: 'basic', cause: 'other', reason: '试' })),
        fact_checks: scopes(['live', 'other'], (s) => ({ finding: found.findings[`${s} draft`], facts: '试' })),
        objections: scopes(['own', 'foreign'], (s) => ({ rectification: found.rectifications[`${s} objected`], wish: 'amend', grounds: '试' })),
        effects: scopes(['own', 'foreign'], (s) => ({ rectification: found.rectifications[`${s} open`], kind: 'recovered', made_on: '2021-10-20', text: '试', stated_by: '甲' })),
        filings: scopes(['past', 'foreign', 'live'], (s) => ({ inspection: inspections[s].id, kind: 'publication' })),
        withholdings: [['own', { filing: found.filings['own draft'], rectification: found.rectifications.past, cause: 'secret' }]],
        evaluations: scopes(four, (s) => ({ inspection: inspections[s].id, scheme: 'none' })),
        evaluation_sheets: scopes(['past', 'foreign'], (s) => ({ evaluation: found.evaluations[s], part: 'none', role: 'office' })),
        shares: scopes(['own', 'foreign'], (s) => ({ rectification: found.rectifications[`${s} open`], unit: found.units.own, part: 'cooperating', content: '试', done_on: '2021-10-01' })),
        letters: ['discipline', 'organisation'].map((b) => [b, { organiser: r.organiser, kind: 'other', body: b, maker: '试', number: '示巡提〔2021〕owndraft', unit: found.units.own, subject: '试', demand: '试' }]),
        talks: ['discipline', 'organisation', 'leading_group'].map((b) => [b, { organiser: r.organiser, number: '试', kind: 'talk', body: b, maker: '试', chair: '甲', held_on: '2021-12-31', cause: 'weak', content: '试' }]),
        legacy_issues: ['discipline', 'organisation', 'department'].map((b) => [b, { organiser: r.organiser, title: '试', since: 1900, unit: found.units.own, obstacle: '试', body: b, lead_body: '试' }]),
        supervision_logs: ['discipline', 'organisation', 'office'].map((b) => [b, { organiser: r.organiser, body: b, supervisor: '试', unit: found.units.own, method: 'site', done_on: '2021-12-31', found: '试' }]),
        talk_parties: scopes(['discipline', 'office'], (s) => ({ talk: found.talks[s], unit: found.units.own, post: 'principal', commitment: '试', due_on: '2021-01-01' })),
        focuses: scopes(['live', 'planned'], (s) => ({ round: inspections[s].round })),
        projects: scopes(['live', 'planned'], (s) => ({ round: inspections[s].round, unit: found.units.own })),
        project_units: [['planned', { project: found.projects.planned, unit: found.units.own, part: 'cooperating' }]],
        instruction_tasks: [['any', { instruction: found.instructions.any }]],
        handovers: [['no such task', { task: 'paper.author', record: found.papers.live, person: people.member, reason: '试' }]],
        workbooks: scopes(['live', 'past', 'foreign'], (s) => ({ inspection: inspections[s].id, due_on: '2021-01-01' })),
        imports: [['any', { organiser: r.organiser, subject: 'papers', file_name: 'a.csv' }]],
        forms: [['any', { organiser: r.organiser, body: '{}' }]],
        figure_sets: [['any', { organiser: r.organiser, title: '试', as_of: '2021-10-31', chosen: 'nothing' }]],
        'findings/past': scopes(['live', 'past'], (s) => ({ round: inspections[s].round, unit_name: '没有这个单位', title: '试' })),
        'letters/past': [['own', { organiser: r.organiser, kind: 'other', body: 'office', maker: '试', number: '试', unit: found.units.own, subject: '试', issued_on: '2021-03-02', received_on: '2021-03-01' }]],
        checks: [['a text', { text: '发现问题4173个，整改到位4119个' }]],
        dossier_loans: scopes(['past', 'foreign'], (s) => ({ item: found.dossier_items[s], borrower: '乙', purpose: '试', due_on: '2021-12-31' })),
        documents: scopes(['past', 'foreign'], (s) => ({ organiser: r.organiser, kind: 'rectification_list', record: inspections[s].id, title: '试', maker: '试', dated_on: '2021-10-20', secrecy: 'top_secret' })),
        templates: [['any', { organiser: r.organiser, kind: 'notice', title: '试', file: 'AAAA' }]],
        rechecks: [['any', { organiser: r.organiser, title: '试', strata: 'unit', size: 1 }]],
        seal_images: [['any', { organiser: r.organiser, kind: 'seal', name: '试', file: 'AAAA' }]],
        settings: [['unknown', { name: 'x', value: 'y' }]],
        uploads: scopes(all, (s) => ({ size: 1, inspection: inspections[s].id })),
    };
}

forEachEngine('who may do what', async (t, city) => {
    const r = await records(city);
    const people = { nobody: new Client(city), norole: await city.person('wu.zhi', '吴职') };
    people.lapsed = await city.person('guo.qi', '郭期', { role: 'head', inspection: r.inspections.live.id, valid_to: '2021-10-31' });
    const room = '第九监督检查室'; // supervises the unit of the unit's account, and no other
    await city.as('office').move('units', r.found.units.own, 'change', { fact: 'supervision_office', value: room, valid_from: '2021-10-20' });
    people.room = await city.person('jiu.shi', '简示正', { role: 'discipline', supervision_office: room });
    const right = (await city.as('secadmin').items(`assignments?account=${people.lapsed.account.id}`))[0];
    await city.as('secadmin').move('assignments', right.id, 'end', { valid_to: '2021-10-30' });
    for (const [column, login] of Object.entries(COLUMNS)) {
        const who = people[column] ?? city.as(login);
        delete people[column]; // in the order of the columns
        people[column] = who;
    }

    const started = Date.now() + 1;
    const rows = [];
    const covered = new Set();
    const broken = [];
    const cell = (method, path, answer) => {
        if (answer.status >= 500) broken.push(`${method} ${path}: ${answer.status} ${answer.text}`);
        return answer.status;
    };
    // Refusals are noted faster than a slow disk keeps them: who is told to come back later comes back later.
    async function ask(who, method, path, options) {
        for (let tries = 0; ; tries++) {
            const answer = await who.request(method, path, options);
            if (answer.status !== 503 || tries === 20) return answer;
            await new Promise((resolve) => setTimeout(resolve, 250));
        }
    }
    async function row(method, pattern, scope, path, options = () => ({})) {
        covered.add(`${method} ${pattern}`);
        const cells = await Promise.all(Object.values(people).map(async (who) => cell(method, path, await ask(who, method, path, options(who)))));
        rows.push([method, pattern, scope, ...cells]);
    }

    const described = (await people.nobody.get('openapi.json')).paths;
    const entities = Object.keys(r.found).sort();
    for (const entity of entities) {
        await row('GET', '{entity}', entity, entity);
        await row('GET', '{entity}/count', entity, `${entity}/count`);
        await row('GET', '{entity}/export', entity, `${entity}/export?format=csv`);
        for (const [scope, id] of [...Object.entries(r.found[entity]), ['none', NOBODY]]) {
            await row('GET', '{entity}/{id}', `${entity}: ${scope}`, `${entity}/${id}`);
            await row('GET', '{entity}/{id}/history', `${entity}: ${scope}`, `${entity}/${id}/history`);
        }
    }
    for (const path of ['session', 'tasks', 'tasks/done', 'digest', 'figures', 'dashboard', 'report', 'audit', 'workflow', 'assignments/offices']) await row('GET', path, '', path);
    await row('GET', 'search', '', 'search?q=资金');
    for (const entity of ['papers', 'people', 'letters']) await row('GET', 'search', `of ${entity}`, `search?q=资金&entity=${entity}`);
    await row('GET', 'figures/{id}', 'any', 'figures/rectification_rate');
    await row('GET', 'figures/{id}/breakdown', 'any', 'figures/rectification_rate/breakdown?by=year');
    for (const [scope, id] of [...Object.entries(r.found.figure_sets), ['none', NOBODY]]) {
        await row('GET', 'figure_sets/{id}/compare', scope, `figure_sets/${id}/compare`);
        await row('GET', 'figure_sets/{id}/reconcile', scope, `figure_sets/${id}/reconcile?with=${id}`);
    }
    await row('GET', 'document_kinds', '', 'document_kinds');
    for (const [scope, id] of [...Object.entries(r.found.documents), ['none', NOBODY]]) {
        await row('GET', 'documents/{id}/file', scope, `documents/${id}/file`);
        const code = id === NOBODY ? '2222-2222-2222' : (await people.office.get(`documents/${id}`)).code;
        await row('GET', 'document_codes/{id}', scope, `document_codes/${code}`);
    }
    for (const scope of ['live', 'past', 'foreign', 'told']) {
        await row('GET', 'inspections/{id}/outgoing', scope, `inspections/${r.inspections[scope].id}/outgoing`);
        await row('GET', 'inspections/{id}/dossier_check', scope, `inspections/${r.inspections[scope].id}/dossier_check`);
        await row('GET', 'print', `notice, ${scope}`, `print?kind=notice&record=${r.inspections[scope].id}`);
    }
    await row('GET', 'inspections/{id}/dossier', 'live', `inspections/${r.inspections.live.id}/dossier`);
    for (const scope of ['past', 'foreign']) await row('GET', 'print', `strike_off, ${scope}`, `print?kind=strike_off&record=${r.found.rectifications[scope]}`);
    await row('GET', 'print', 'paper, live', `print?kind=paper&record=${r.found.papers.live}`);
    await row('GET', 'print', 'report', 'print?kind=report');
    for (const [scope, id] of [['shipped', 'notice'], ...Object.entries(r.found.templates), ['none', NOBODY]]) await row('GET', 'templates/{id}/file', scope, `templates/${id}/file`);
    await row('GET', 'statistics', '', 'statistics');
    for (const [scope, id] of [['shipped', 'ZG-01'], ...Object.entries(r.found.forms), ['none', NOBODY]]) {
        await row('GET', 'statistics/{id}', scope, `statistics/${id}`);
        await row('GET', 'statistics/{id}/export', scope, `statistics/${id}/export`);
    }
    await row('GET', 'rule_sets/{id}/rules', 'any', `rule_sets/${r.found.rule_sets.any}/rules`);
    for (const scope of ['own', 'foreign']) await row('GET', 'units/{id}/impact', scope, `units/${r.found.units[scope]}/impact`);
    for (const [scope, id] of [...Object.entries(r.found.rounds), ['none', NOBODY]]) await row('GET', 'rounds/{id}/adoption', scope, `rounds/${id}/adoption?rule_set=${r.later}`);
    for (const part of ['rows', 'failures']) for (const [scope, id] of [...Object.entries(r.found.imports), ['none', NOBODY]]) await row('GET', `imports/{id}/${part}`, scope, `imports/${id}/${part}`);
    for (const [scope, id] of [...Object.entries(r.found.seal_images), ['none', NOBODY]]) await row('GET', 'seal_images/{id}/file', scope, `seal_images/${id}/file`);
    for (const [scope, id] of [...Object.entries(r.found.evaluations), ['none', NOBODY]]) await row('GET', 'evaluations/{id}/scheme', scope, `evaluations/${id}/scheme`);
    for (const scope of ['live', 'past', 'foreign']) await row('GET', 'inspections/{id}/schemes', scope, `inspections/${r.inspections[scope].id}/schemes`);
    for (const [scope, id] of [...Object.entries(r.found.rechecks), ['none', NOBODY]]) await row('GET', 'rechecks/{id}/estimate', scope, `rechecks/${id}/estimate`);
    for (const part of ['file', 'passphrase']) for (const [scope, id] of [...Object.entries(r.found.workbooks), ['none', NOBODY]]) await row('GET', `workbooks/{id}/${part}`, scope, `workbooks/${id}/${part}`);
    for (const entity of ['units', 'findings', 'papers']) await row('GET', '{entity}/template', entity, `${entity}/template`);
    await row('GET', 'uploads/{id}', 'none', `uploads/${NOBODY}`);
    for (const [scope, id] of [...Object.entries(r.found.attachments), ['none', NOBODY]]) await row('GET', 'attachments/{id}/file', scope, `attachments/${id}/file`);
    await row('PUT', 'uploads/{id}', 'none', `uploads/${NOBODY}?offset=0`, () => ({ body: 'x' }));
    await row('POST', 'session/role', 'no role', 'session/role', () => ({ body: {} }));
    await row('POST', 'session/token', 'no day', 'session/token', () => ({ body: {} }));
    await row('POST', 'session/password', 'no password', 'session/password', () => ({ body: {} }));

    const bodies = makes(r);
    const operations = Object.entries(described).flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path.replace('/api/v1/', '')])).filter(([method]) => method !== 'GET').sort(([m, a], [n, b]) => (a + m < b + n ? -1 : 1));
    for (const [method, pattern] of operations) {
        if (pattern.startsWith('session')) continue;
        for (const entity of pattern.startsWith('{register}') ? ['meetings', 'trainings', 'regulations', 'publications', 'clean_ups'] : [pattern.split('/')[0]]) {
            const place = pattern.startsWith('{register}') ? `${entity}: ` : '';
            const path = (id) => pattern.replace('{register}', entity).replace('{id}', id);
            if (!pattern.includes('{id}')) {
                await row(method, pattern, `${place}nothing given`, path(), () => ({ body: {} }));
                for (const [scope, body] of (pattern.endsWith('/past') ? bodies[pattern] : bodies[entity]) ?? []) await row(method, pattern, place + scope, path(), () => ({ body }));
                continue;
            }
            await row(method, pattern, `${place}no version`, path(NOBODY), () => ({ body: {} }));
            const body = pattern.endsWith('/end') ? { valid_to: '2021-10-31' } : {};
            for (const [scope, id] of [...Object.entries(r.found[entity]), ['none', NOBODY]]) await row(method, pattern, place + scope, path(id), () => ({ body, ifMatch: STALE }));
        }
    }

    // A file for the inspection, then under a record there: '-' where not even the upload begins.
    for (const [scope, subject, record] of [['live', 'papers'], ['other', 'papers'], ['past', 'papers'], ['past', 'rectifications'], ['foreign', 'rectifications'], ['past', 'feedbacks'], ['told', 'feedbacks'], ['live', 'meetings', r.meeting.id]].map(([s, e, id]) => [s, e, id ?? r.found[e][s]])) {
        const inspection = r.inspections[scope].id;
        const cells = [];
        for (const who of Object.values(people)) {
            const begun = await who.request('POST', 'uploads', { body: { size: 1, inspection } });
            if (begun.status === 201) await who.expect(200, 'PUT', `uploads/${begun.json.id}?offset=0`, { body: 'x' });
            cells.push(begun.status === 201 ? cell('POST', 'attachments', await who.request('POST', 'attachments', { body: { subject, record, evidence: begun.json.id, name: '甲.txt' } })) : '-');
        }
        rows.push(['POST', 'attachments', `a file of ${scope} under ${subject}`, ...cells]);
    }

    assert.deepEqual(broken, []);
    const left = Object.entries(described).flatMap(([path, methods]) => Object.keys(methods).map((m) => `${m.toUpperCase()} ${path.replace('/api/v1/', '')}`)).filter((o) => !covered.has(o) && !['POST session', 'DELETE session'].includes(o));
    assert.deepEqual(left, [], 'an operation that the table does not know');

    const names = Object.keys(COLUMNS);
    const line = (cells) => [cells[0].padEnd(6), cells[1].padEnd(32), cells[2].padEnd(38), ...cells.slice(3).map((c) => String(c).padEnd(8))].join('').trimEnd();
    const text = ['HTTP status of every operation by role; see tests/api/matrix.test.mjs', '', line(['', 'operation', 'scope', ...names]), ...rows.map(line), ''].join('\n');
    if (process.env.UPDATE_GOLDEN && city.engine === 'sqlite') writeFileSync(golden, text);
    assert.ok(existsSync(golden), 'run once with UPDATE_GOLDEN=1');
    const differs = (a, b) => a.split('\n').filter((l) => !b.includes(l));
    const kept = readFileSync(golden, 'utf8');
    assert.deepEqual(differs(text, kept.split('\n')), differs(kept, text.split('\n')), 'the table has changed');
    assert.equal(text, kept);

    await t.test('no edit, move or refused make of the table has changed a record', async () => {
        for (const [entity, scopes] of Object.entries(r.found))
            for (const [scope, id] of Object.entries(scopes)) {
                const who = ['accounts', 'settings'].includes(entity) ? city.as('sysadmin') : entity === 'assignments' ? city.as('secadmin') : scope === 'foreign sealed' ? city.as('discipline') : city.as('office');
                const history = await who.items(`${entity}/${id}/history`);
                const last = history.filter((h) => Date.parse(h.at) > started && !['ledger.found', 'import.failures', 'form.export', 'document.outgoing', 'document.file', 'template.file', 'dossier.check', 'dossier.export', 'workbook.file', 'workbook.passphrase', 'seal_image.file'].includes(h.operation));
                assert.deepEqual(last, [], `${entity} ${scope}`);
            }
    });
});
