// Official papers and their templates: printed, numbered, kept, verified, in the office's own format; on both engines.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentOf, pack, paragraph, unpack } from './docx.mjs';
import { bodyLines, fonts, measure, pageCount, pages } from '../documents/layout.mjs';
import { NOBODY, forEachEngine, liveTeam } from './lib.mjs';

const TODAY = { serve: ['--today', '2022-01-10'] };
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);

// --- files ------------------------------------------------------------------------------------------------------------

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const textOfXml = (xml) => xml.replace(/<w:(tab|br)\/>/g, ' ').replace(/<\/w:p>/g, '\n').replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
// The text of a whole document; no part of it may show a placeholder.
function textOf(bytes, what) {
    assert.equal(bytes.subarray(0, 2).toString(), 'PK', what);
    const parts = unpack(bytes);
    for (const [name, part] of Object.entries(parts))
        if (/\.(xml|rels)$/.test(name)) assert.doesNotMatch(part.toString(), /\{\{|\}\}/, `${what}: ${name}`);
    return Object.entries(parts).filter(([name]) => /^word\/(document|header|footer)/.test(name)).map(([, part]) => textOfXml(part.toString())).join('\n');
}
const fileName = (answer) => decodeURIComponent(answer.headers['content-disposition'].match(/filename\*=UTF-8''(.*)/)[1]);

const print = (who, kind, record) => who.expect(200, 'GET', `print?kind=${kind}${record ? `&record=${record}` : ''}`);
const printed = async (who, kind, record) => textOf((await print(who, kind, record)).bytes, kind);

// --- records of the demo city ------------------------------------------------------------------------------------------

// `day`: the date of papers, before the city's today.
async function subjects(city, day = '2022-01-05') {
    const [office, unit] = ['office', 'unit'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const own = (await unit.items('inspections?state=fed_back&limit=1'))[0];
    const other = (await office.items(`inspections?state=fed_back&unit.ne=${own.unit}&limit=1`))[0];
    const one = async (path) => (await office.items(`${path}&limit=1`))[0];
    const item = await one(`rectifications?state=ongoing&inspection=${own.id}`);
    const letter = (number, unit = own.unit, items = [item.id]) =>
        office.post('letters', { organiser, kind: 'reminder', body: 'office', maker: '市委巡察办', number, unit, subject: '关于整改进度的提醒', demand: '请报送进展。', items });
    return { office, unit, organiser, own, other, one, item, letter, day };
}

const draftOf = (s, kind, record, more = {}) => s.office.post('documents', { organiser: s.organiser, kind, record, title: '试拟公文', maker: '市委巡察办', dated_on: s.day, ...more });
const issue = (s, draft, body = {}) => s.office.move('documents', draft.id, 'issue', body);

// --- as files ------------------------------------------------------------------------------------------------------------

// A plan that its bodies passed, signed on paper all of it; then a report and a publication copy with one item withheld.
async function filings(city, inspection) {
    const [unit, office] = [city.as('unit'), city.as('office')];
    const inked = { means: 'ink', paper_no: '会审〔2021〕1号', on_behalf_of: '甲' };
    const items = await unit.all(`rectifications?inspection=${inspection}&sort=number`);
    for (const i of items.filter((x) => ['pending', 'ongoing', 'basic', 'long_term', 'rebound'].includes(x.state))) await unit.patch('rectifications', i.id, { measures: '逐项核对。', target: '账实相符。', leader: '甲', department: '办公室', handler: '乙' });
    const plan = await unit.post('filings', { inspection, kind: 'plan', text: '逐项明确责任人和时限。', pledge: '对真实性负责。', pledged_by: '甲', pledged_on: '2021-10-29' });
    await unit.move('filings', plan.id, 'submit');
    for (const review of await office.all(`filing_reviews?filing=${plan.id}`)) await office.move('filing_reviews', review.id, 'give', { verdict: 'agreed', ...inked });
    await office.move('filings', plan.id, 'approve', inked);
    const principal = await unit.post('filings', { inspection, kind: 'principal', text: '组织落实情况如下。', meetings: 6, led: 1 });
    const publication = await unit.post('filings', { inspection, kind: 'publication', text: '现将整改情况公开如下。' });
    const held = await unit.post('withholdings', { filing: publication.id, rectification: items[0].id, cause: 'petition', reason: '正在协调。' });
    await city.as('leader').move('withholdings', held.id, 'grant', { opinion: '同意。' });
    return { plan: plan.id, principal: principal.id, publication: publication.id, withheld: items[0], shown: items[1] };
}

// What supervision and evaluation leave on paper: an evaluation that is settled, a talk with its party, an old matter.
async function supervised(city, organiser, of) {
    const office = city.as('office');
    const past = (await office.items('inspections?round.number=6&state.in=fed_back,following_up&limit=1'))[0];
    const evaluation = await office.post('evaluations', { inspection: past.id, scheme: 'deduct-100' });
    for (const sheet of await office.all(`evaluation_sheets?evaluation=${evaluation.id}`)) await city.as(sheet.role).move('evaluation_sheets', sheet.id, 'score', { marks: '' });
    await office.move('evaluations', evaluation.id, 'count', { ballots: '职工 30 0 0 0' });
    stated422(await office.request('GET', `print?kind=evaluation&record=${evaluation.id}`), 'record');
    await office.move('evaluations', evaluation.id, 'close');
    const settled = await city.as('leader').move('evaluations', evaluation.id, 'settle', { opinion: '请巩固整改成果。' });
    const talk = await office.post('talks', { organiser, number: '示巡谈〔2021〕7号', kind: 'talk', body: 'office', maker: '市委巡察办', chair: '甲', held_on: '2021-11-20', cause: 'weak', content: '两项整改超期。' });
    const voided = await office.post('talk_parties', { talk: talk.id, unit: (await office.items(`units?id.ne=${of}&limit=1`))[0].id, post: 'principal', commitment: '误录的承诺。', due_on: '2022-01-31' });
    await office.move('talk_parties', voided.id, 'void', { reason: '误录' });
    await office.post('talk_parties', { talk: talk.id, unit: of, post: 'principal', commitment: '一个月内完成两项。', due_on: '2021-12-31' });
    const legacy = await office.post('legacy_issues', { organiser, number: '遗〔2021〕7号', title: '产权证未办理', since: 2006, unit: of, obstacle: '开发单位已注销。', body: 'office', lead_body: '市委巡察办', entered_on: '2021-11-10' });
    return { evaluation: settled, talk, legacy };
}
const stated422 = (answer, field) => assert.ok(answer.status === 422 && answer.json.errors.some((e) => e.field === field && e.remedy), `${answer.status} ${answer.text}`);

forEachEngine('papers as files', TODAY, async (t, city) => {
    const s = await subjects(city);
    const { office, unit } = s;

    await t.test('every kind is printed from its record, and no placeholder is left', async () => {
        const decision = await s.one(`authorisations?state=in_force&round=${s.own.round}`) ?? await s.one('authorisations?state=in_force');
        const inspected = await s.one(`inspections?round=${decision.round}`);
        const paper = await s.one('papers?state=cited');
        const told = await s.one(`feedbacks?inspection=${s.own.id}`);
        const letter = await s.letter('示巡提〔2021〕1号');
        const instruction = await s.one('instructions?sort=id');
        const done = await s.one('rectifications?state=done');
        const check = await office.post('fact_checks', { finding: (await s.one('findings?state=draft')).id, facts: '三次会议没有纪要。' });
        const objection = await office.post('objections', { rectification: s.item.id, wish: 'amend', grounds: '次数有误。', asked_by: '甲', asked_on: told.delivered_on });
        await office.move('objections', objection.id, 'withdraw', { reason: '已沟通' });
        const filed = await filings(city, s.own.id);
        const told_ = await supervised(city, s.organiser, s.own.unit);
        const kinds = {
            authorisation: [decision.id, inspected.unit_name], notice: [s.own.id, s.own.unit_name], announcement: [s.own.id, s.own.unit_name],
            paper: [paper.id, paper.unit_name], feedback: [told.id, told.unit_name], problem_list: [s.own.id, s.own.unit_name],
            rectification_list: [s.own.id, s.own.unit_name], letter: [letter.id, s.own.unit_name], instruction: [instruction.id, instruction.text],
            strike_off: [done.id, done.unit_name], statistic: ['ZG-01', '巡察反馈问题整改情况统计表'], report: ['', '巡察'],
            fact_check: [check.id, '三次会议没有纪要。'], objection: [objection.id, '次数有误。'],
            rectification_plan: [filed.plan, '逐项明确责任人'], rectification_report: [filed.principal, '主持研究整改6次'], publication: [filed.publication, '现将整改情况公开如下'],
            plan_problem_list: [filed.plan, '巡察整改问题清单'], plan_task_list: [filed.plan, '逐项核对。'], plan_duty_list: [filed.plan, '巡察整改责任清单'],
            evaluation: [told_.evaluation.id, `总分${told_.evaluation.total}分，等次为${told_.evaluation.grade_label}`], talk: [told_.talk.id, '一个月内完成两项。'], legacy_issue: [told_.legacy.id, '开发单位已注销。'],
        };
        for (const [kind, record] of [['rectification_plan', filed.principal], ['plan_task_list', filed.principal], ['publication', filed.plan]]) assert.equal((await office.request('GET', `print?kind=${kind}&record=${record}`)).status, 422, `${kind} of another filing`);
        assert.ok(!(await printed(office, 'talk', told_.talk.id)).includes('误录的承诺'), 'who was entered by mistake was not called');
        for (const login of ['unit', 'sysadmin', 'auditor']) for (const [kind, record] of [['talk', told_.talk.id], ['legacy_issue', told_.legacy.id]]) await city.as(login).refused(403, 'GET', `print?kind=${kind}&record=${record}`);
        const public_ = textOf((await print(office, 'publication', filed.publication)).bytes);
        assert.ok(!public_.includes(filed.withheld.title) && public_.includes(filed.shown.title), 'what is withheld is not in the copy');
        assert.deepEqual(Object.keys(kinds), (await office.get('document_kinds')).kinds.map((k) => k.kind));
        for (const [kind, [record, expected]] of Object.entries(kinds)) {
            const answer = await print(office, kind, record);
            assert.equal(answer.headers['content-type'], DOCX, kind);
            assert.match(fileName(answer), /\.docx$/);
            assert.ok(textOf(answer.bytes, kind).includes(expected), `${kind} does not tell ${expected}`);
        }
    });
    await t.test('a name that is offered is filled: the kinds tell them', async () => {
        const { kinds } = await office.get('document_kinds?names=true');
        for (const kind of kinds) {
            const names = kind.names.map((n) => n.name);
            assert.equal(new Set(names).size, names.length, `${kind.kind} has a name twice`);
            assert.ok(names.includes('校验码') && names.includes('水印'), kind.kind);
            for (const list of kind.names.filter((n) => n.type === 'list')) assert.ok(list.rows.length, `${kind.kind} ${list.name}`);
        }
    });
    await t.test('lists are whole: nothing that the records hold is left out', async () => {
        const told = await s.one(`feedbacks?inspection=${s.own.id}`);
        const findings = await office.all(`findings?inspection=${s.own.id}&fields=text,number`), items = await office.all(`rectifications?inspection=${s.own.id}`);
        assert.ok(items.some((i) => i.state === 'ongoing') && items.some((i) => i.state === 'done'));
        const lists = {
            problem_list: [s.own.id, findings.map((f) => f.text)], feedback: [told.id, findings.map((f) => f.text)],
            rectification_list: [s.own.id, items.map((i) => i.title)],
        };
        const paper = await s.one('papers?state=cited');
        lists.paper = [paper.id, (await office.all(`signatures?subject=papers&record=${paper.id}`)).map((g) => g.person_name)];
        lists.paper[1].push(...(await office.all(`attachments?subject=papers&record=${paper.id}`)).map((a) => a.name));
        const members = await office.all(`members?team=${s.own.team}&fields=person,person_name,duty`);
        lists.notice = [s.own.id, await Promise.all(members.map(async (m) => (await office.get(`people/${m.person}`)).name))];
        const letter = await s.letter('示巡提〔2021〕2号', s.own.unit, items.filter((i) => i.state === 'ongoing').map((i) => i.id));
        lists.letter = [letter.id, items.filter((i) => i.state === 'ongoing').map((i) => i.title)];
        for (const [kind, [record, expected]] of Object.entries(lists)) {
            assert.ok(expected.length && expected.every(Boolean), `${kind} has nothing to tell: ${expected}`);
            const text = await printed(office, kind, record);
            assert.deepEqual(expected.filter((e) => !text.includes(e)), [], `${kind} leaves out`);
        }
    });
    await t.test('amounts have one unit', async () => {
        const paper = (await office.all('papers?state=cited&fields=amount_fen')).find((p) => p.amount_fen > 0);
        await unit.patch('rectifications', s.item.id, { recovered_fen: 1234500 });
        for (const [kind, record] of [['paper', paper.id], ['strike_off', s.item.id], ['rectification_list', s.own.id], ['problem_list', s.own.id]])
            assert.doesNotMatch(await printed(office, kind, record), /元\s*元/, kind);
    });
    await t.test('several at once come as a folder', async () => {
        const two = await office.expect(200, 'GET', `print?kind=notice&record=${s.own.id},${s.other.id}`);
        assert.equal(two.headers['content-type'], 'application/zip');
        const names = Object.keys(unpack(two.bytes));
        assert.deepEqual(names.map((n) => n.slice(0, 3)), ['01 ', '02 ', '目录.']);
    });
    await t.test('a form and the report count as of a day', async () => {
        const of = async (kind, record, day) => textOf((await office.expect(200, 'GET', `print?kind=${kind}&record=${record}&as_of=${day}`)).bytes, kind);
        assert.match(await of('report', '', '2021-04-15'), /数据截至2021年4月15日/);
        assert.match(await of('statistic', 'ZG-01', '2021-04-15'), /2021年4月15日/);
        stated(await office.refused(422, 'GET', 'print?kind=report&as_of=gestern'), 'as_of');
        stated(await office.refused(422, 'GET', `print?kind=notice&record=${s.own.id}&as_of=2021-04-15`), 'as_of');
    });
    await t.test('what cannot be printed is told', async () => {
        stated(await office.refused(422, 'GET', 'print?kind=nothing'), 'kind');
        stated(await office.refused(422, 'GET', 'print'), 'kind');
        stated(await office.refused(422, 'GET', 'print?kind=notice'), 'record');
        stated(await office.refused(422, 'GET', `print?kind=notice&record=${s.own.id}&format=doc`), 'format');
        await office.refused(404, 'GET', `print?kind=notice&record=${NOBODY}`);
        await office.refused(404, 'GET', `print?kind=notice&record=${s.item.id}`);
        await office.refused(404, 'GET', 'print?kind=statistic&record=ZZ-99');
        await office.refused(413, 'GET', `print?kind=notice&record=${Array(201).fill(s.own.id).join(',')}`);
    });
    await t.test('all that goes out for one inspection', async () => {
        const issued = await s.letter('示巡提〔2021〕3号'); // the letters before are drafts yet: they do not go out
        await office.move('letters', issued.id, 'issue');
        const answer = await office.expect(200, 'GET', `inspections/${s.own.id}/outgoing`);
        assert.equal(answer.headers['content-type'], 'application/zip');
        assert.equal(fileName(answer), `${s.own.unit_name}外发文书.zip`);
        const files = unpack(answer.bytes);
        const { '目录.txt': list, ...papers } = files;
        const names = Object.keys(papers);
        names.forEach((name, i) => assert.match(name, new RegExp(`^${String(i + 1).padStart(2, '0')} \\S.*\\.docx$`)));
        const struck = await office.count(`rectifications?inspection=${s.own.id}&state=done`);
        for (const [kind, count] of Object.entries({ 巡察通知: 1, 巡察公告: 1, 反馈意见: 1, 问题清单: 1, 整改台账: 1, 督办函: 1, 对账销号单: struck }))
            assert.equal(names.filter((n) => n.slice(3).startsWith(kind)).length, count, `${kind}: ${names}`);
        for (const [name, bytes] of Object.entries(papers)) {
            textOf(bytes, name);
            const line = `${name}\n    SM3 ${createHash('sm3').update(bytes).digest('hex')}\n`;
            assert.ok(list.toString().includes(line), `${line} is not in\n${list}`);
        }
        assert.equal(list.toString().match(/ SM3 /g).length, names.length);
        await office.refused(404, 'GET', `inspections/${NOBODY}/outgoing`);
    });
    await t.test('an inspection that is not fed back has no list of problems', async () => {
        const inspection = await s.one('inspections?state=on_site');
        const names = Object.keys(unpack((await office.expect(200, 'GET', `inspections/${inspection.id}/outgoing`)).bytes));
        assert.ok(names.some((n) => n.includes('巡察通知')) && !names.some((n) => /问题清单|整改台账|对账销号单/.test(n)), names.join(' '));
    });
});

// --- numbered and kept -----------------------------------------------------------------------------------------------------

forEachEngine('official papers', TODAY, async (t, city) => {
    const s = await subjects(city);
    const { office, unit } = s;

    await t.test('numbers follow one another; a paper that is voided keeps its own', async () => {
        const papers = [];
        for (let i = 0; i < 3; i++) papers.push(await draftOf(s, 'notice', s.own.id, { series: '示巡通' }));
        assert.ok(papers.every((p) => p.state === 'draft' && p.number === null && /^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/.test(p.code)));
        const first = await issue(s, papers[0]);
        assert.deepEqual([first.number, first.state, first.issued_on, first.year, first.serial], ['示巡通〔2022〕1号', 'issued', '2022-01-10', 2022, 1]);
        assert.match(first.digest, /^[0-9a-f]{64}$/);
        assert.equal((await issue(s, papers[1])).number, '示巡通〔2022〕2号');
        stated(await office.moveRefused(422, 'documents', papers[1].id, 'void', {}), 'reason');
        const gone = await office.move('documents', papers[1].id, 'void', { reason: '日期有误' });
        assert.deepEqual([gone.number, gone.state, gone.void_because], ['示巡通〔2022〕2号', 'void', '日期有误']);
        assert.equal((await issue(s, papers[2])).number, '示巡通〔2022〕3号');
        await office.moveRefused(409, 'documents', papers[1].id, 'issue');
        await office.moveRefused(409, 'documents', papers[0].id, 'issue');
        await office.refused(409, 'PATCH', `documents/${papers[0].id}`, { body: { title: '改' }, ifMatch: first.version });
    });
    await t.test('mark and year are counted each for itself; a kind has its own mark when none is given', async () => {
        const number = async (kind, more) => (await issue(s, await draftOf(s, kind, s.own.id, more))).number;
        assert.equal(await number('notice', { dated_on: '2021-12-30', series: '示巡通' }), '示巡通〔2021〕1号');
        assert.equal(await number('notice', {}), '巡通〔2022〕1号');
        assert.equal(await number('announcement', {}), null, 'an announcement has no number');
    });
    await t.test('the day lies between the date of the paper and today', async () => {
        const paper = await draftOf(s, 'notice', s.own.id);
        stated(await office.moveRefused(422, 'documents', paper.id, 'issue', { effective_on: '2022-01-04' }), 'effective_on');
        stated(await office.moveRefused(422, 'documents', paper.id, 'issue', { effective_on: '2022-01-11' }), 'effective_on');
        assert.equal((await issue(s, paper, { effective_on: '2022-01-06' })).issued_on, '2022-01-06');
    });
    await t.test('eight issued at once get eight numbers in a row', async () => {
        const papers = await Promise.all(Array.from({ length: 8 }, () => draftOf(s, 'notice', s.own.id, { series: '示巡急' })));
        const issued = await Promise.all(papers.map((p) => office.move('documents', p.id, 'issue', {}, p.version)));
        assert.deepEqual(issued.map((d) => d.serial).sort((a, b) => a - b), [1, 2, 3, 4, 5, 6, 7, 8]);
    });
    await t.test('a letter brings its own number along, once', async () => {
        const letter = await s.letter('示巡提〔2021〕9号');
        const paper = await issue(s, await draftOf(s, 'letter', letter.id));
        assert.deepEqual([paper.number, paper.serial, paper.year, paper.unit], ['示巡提〔2021〕9号', 9, 2021, s.own.unit]);
        assert.ok(textOf((await office.expect(200, 'GET', `documents/${paper.id}/file`)).bytes, 'letter').includes('示巡提〔2021〕9号'));
        const again = await draftOf(s, 'letter', letter.id);
        stated(await office.moveRefused(409, 'documents', again.id, 'issue'), 'number');
    });
    await t.test('the same number written with other brackets is the same number', async () => {
        const letter = await s.letter('示巡提[2021]第9号');
        const paper = await draftOf(s, 'letter', letter.id);
        stated(await office.moveRefused(409, 'documents', paper.id, 'issue'), 'number');
    });
    await t.test('a number that came along counts among those that are given', async () => {
        const next = await issue(s, await draftOf(s, 'notice', s.own.id, { series: '示巡提', dated_on: '2021-12-30' }));
        assert.equal(next.number, '示巡提〔2021〕10号');
    });
    await t.test('signed on paper: the scan comes first', async () => {
        const paper = await draftOf(s, 'notice', s.own.id);
        const ink = { means: 'ink', paper_no: '2022-7', on_behalf_of: '市委书记' };
        stated(await office.moveRefused(409, 'documents', paper.id, 'issue', ink), 'means');
        const scan = await office.upload(Buffer.from('%PDF-1.4 签批件'), { organiser: s.organiser });
        await office.post('attachments', { subject: 'documents', record: paper.id, evidence: scan, name: '签批件.pdf', kind: 'scan' });
        stated(await office.moveRefused(422, 'documents', paper.id, 'issue', { ...ink, paper_no: '' }), 'paper_no');
        const signed = await issue(s, paper, ink);
        assert.deepEqual([signed.signer, signed.issued_by === '市委书记'], ['市委书记', false]);
        const signature = (await office.items(`signatures?subject=documents&record=${paper.id}`))[0];
        assert.deepEqual([signature.means, signature.person_name, signature.paper_no], ['ink', '市委书记', '2022-7']);
    });
    await t.test('what is drafted is checked field by field', async () => {
        const body = { organiser: s.organiser, kind: 'notice', record: s.own.id, title: '试', maker: '市委巡察办', dated_on: '2022-01-05' };
        const refused = async (change, field) => stated(await office.refused(422, 'POST', 'documents', { body: { ...body, ...change } }), field);
        await refused({ kind: undefined }, 'kind');
        await refused({ kind: 'nothing' }, 'kind');
        await refused({ record: undefined }, 'record');
        await refused({ title: '' }, 'title');
        await refused({ maker: undefined }, 'maker');
        await refused({ dated_on: undefined }, 'dated_on');
        await refused({ dated_on: '2022-02-30' }, 'dated_on');
        await refused({ series: '示巡〔2022〕' }, 'series');
        await refused({ organiser: undefined }, 'organiser');
        await office.refused(404, 'POST', 'documents', { body: { ...body, record: NOBODY } });
        for (const field of ['state', 'number', 'code', 'serial', 'digest']) stated(await office.refused(422, 'POST', 'documents', { body: { ...body, [field]: '1' } }), field);
    });
    await t.test('no secrecy above what the ledger may hold', async () => {
        const body = { organiser: s.organiser, kind: 'notice', record: s.own.id, title: '试', maker: '市委巡察办', dated_on: '2022-01-05' };
        for (const secrecy of ['secret', 'confidential', 'top_secret']) stated(await office.refused(422, 'POST', 'documents', { body: { ...body, secrecy } }), 'secrecy');
        stated(await office.refused(422, 'POST', 'documents', { body: { ...body, secrecy: 'internal', secrecy_months: 12 } }), 'secrecy_months');
        const paper = await office.post('documents', { ...body, secrecy: 'internal' });
        stated(await office.refused(422, 'PATCH', `documents/${paper.id}`, { body: { secrecy: 'secret' }, ifMatch: paper.version }), 'secrecy');
        await office.refused(403, 'POST', 'settings', { body: { name: 'secrecy_ceiling', value: 'secret' } });
        const sysadmin = city.as('sysadmin');
        stated(await sysadmin.refused(422, 'POST', 'settings', { body: { name: 'secrecy_ceiling', value: 'highest' } }), 'value');
        await sysadmin.post('settings', { name: 'secrecy_ceiling', value: 'secret' });
        stated(await office.refused(422, 'POST', 'documents', { body: { ...body, secrecy: 'confidential' } }), 'secrecy');
        stated(await office.refused(422, 'POST', 'documents', { body: { ...body, secrecy: 'secret', secrecy_months: 13 } }), 'secrecy_months');
        const secret = await office.post('documents', { ...body, secrecy: 'secret', secrecy_months: 120 });
        assert.ok(textOf((await office.expect(200, 'GET', `documents/${secret.id}/file`)).bytes, 'secret').includes('秘密★10年'));
    });
    await t.test('a draft shows the record as it is, under the watermark of who prints it', async () => {
        const paper = await draftOf(s, 'notice', s.own.id, { title: '关于巡察的通知（试）' });
        const text = textOf((await office.expect(200, 'GET', `documents/${paper.id}/file`)).bytes, 'draft');
        const me = (await office.get('session')).name;
        assert.ok(text.includes('关于巡察的通知（试）') && text.includes(paper.code) && text.includes(me), text);
        await office.patch('documents', paper.id, { title: '关于巡察的通知（改）' });
        assert.ok(textOf((await office.expect(200, 'GET', `documents/${paper.id}/file`)).bytes, 'draft').includes('（改）'));
    });

    await t.test('the file of an issued paper stays, byte for byte; its code tells what has changed since', async () => {
        const paper = await issue(s, await draftOf(s, 'rectification_list', s.own.id, { title: '整改台账（印发）' }));
        const file = async () => (await office.expect(200, 'GET', `documents/${paper.id}/file`)).bytes;
        const kept = await file();
        assert.equal(createHash('sm3').update(kept).digest('hex'), paper.digest);
        assert.equal(kept.length, paper.size);
        const verify = (who = office, code = paper.code) => who.get(`document_codes/${encodeURIComponent(code)}`);
        const before = await verify();
        assert.deepEqual([before.document.id, before.intact, before.comparable, before.unchanged], [paper.id, true, true, true]);
        assert.deepEqual([before.then, before.now], [[], []]);
        assert.equal((await verify(office, ` ${paper.code.toLowerCase().replaceAll('-', ' ')} `)).document.id, paper.id);
        await unit.patch('rectifications', s.item.id, { result: '已修订议事规则并全文公开。' });
        const after = await verify();
        assert.deepEqual([after.intact, after.comparable, after.unchanged], [true, true, false]);
        assert.ok(after.now.some((l) => l.includes('已修订议事规则并全文公开。')), JSON.stringify(after));
        assert.ok(after.then.length && !after.then.some((l) => l.includes('已修订议事规则')), JSON.stringify(after));
        assert.deepEqual(await file(), kept);
        assert.deepEqual((await print(office, 'rectification_list', s.own.id)).bytes, kept, 'what was issued is printed');
        stated(await office.refused(422, 'GET', 'document_codes/0000-1111-OOOO'), 'code');
        stated(await office.refused(422, 'GET', 'document_codes/ABCD'), 'code');
        await office.refused(404, 'GET', 'document_codes/2345-6789-ABCD');
    });
    await t.test('the unit that a paper is for may verify it, and is not told of changes that are none', async () => {
        const told = await s.one(`feedbacks?inspection=${s.own.id}`);
        const paper = await issue(s, await draftOf(s, 'feedback', told.id, { title: '反馈意见（核验）' }));
        for (const who of [unit, city.as('leader')]) {
            const seen = await who.get(`document_codes/${paper.code}`);
            assert.deepEqual([seen.document.id, seen.intact], [paper.id, true], who.name);
            assert.ok(!seen.comparable || seen.unchanged, `${who.name} is told of changes: ${JSON.stringify(seen)}`);
        }
    });
});

// --- the office's own templates -----------------------------------------------------------------------------------------------

forEachEngine('templates of the office', TODAY, async (t, city) => {
    const s = await subjects(city);
    const { office } = s;
    const shipped = (await office.expect(200, 'GET', 'templates/notice/file')).bytes;
    const add = (docx, more = {}) => ({ organiser: s.organiser, kind: 'notice', title: '本市格式', file: docx.toString('base64'), ...more });
    const worded = (words) => {
        const parts = unpack(shipped);
        const xml = parts['word/document.xml'].toString();
        assert.ok(xml.includes('现将有关事项通知如下'));
        parts['word/document.xml'] = Buffer.from(xml.replace('现将有关事项通知如下', words));
        return pack(parts);
    };

    await t.test('a template with mistakes is told all of them, each with its place', async () => {
        const body = ['{{被巡察单位名}}', '{{#成员}}', '{{姓名|大写}}', '{{进驻日期|农历}}', '{{发文字号', '{{/巡察对象}}', '{{整改措施}}'].map(paragraph).join('');
        const problem = await office.refused(422, 'POST', 'templates', { body: add(documentOf(body)) });
        assert.ok(problem.errors.length >= 7, JSON.stringify(problem.errors, null, 1));
        for (const e of problem.errors) assert.ok(e.field && e.rule && e.remedy, JSON.stringify(e));
        for (const wrong of ['{{被巡察单位名}}', '{{#成员}}', '{{进驻日期|农历}}', '{{发文字号', '{{/巡察对象}}', '{{整改措施}}'])
            assert.ok(problem.errors.some((e) => e.value === wrong && /^正文第\d段$/.test(e.field)), `${wrong}: ${JSON.stringify(problem.errors, null, 1)}`);
        assert.ok(problem.errors.some((e) => e.remedy === '请在适当位置写上 {{被巡察单位名称}}'), 'what the paper has to tell is wanted');
        assert.ok(problem.errors.some((e) => e.remedy === '是否应为“被巡察单位名称”？'), JSON.stringify(problem.errors, null, 1));
        assert.equal(await office.count('templates'), 0);
    });
    await t.test('what is no Word document is refused', async () => {
        await office.refused(422, 'POST', 'templates', { body: add(Buffer.from('没有文档')) }).catch(async (e) => assert.equal((await office.request('POST', 'templates', { body: add(Buffer.from('没有文档')) })).status, 422, e.message));
        stated(await office.refused(422, 'POST', 'templates', { body: { ...add(shipped), file: '***' } }), 'file');
        stated(await office.refused(422, 'POST', 'templates', { body: add(shipped, { title: '' }) }), 'title');
        stated(await office.refused(422, 'POST', 'templates', { body: add(shipped, { kind: undefined }) }), 'kind');
    });
    let first, second;
    await t.test('a template is used once it is in force', async () => {
        first = await office.post('templates', add(worded('特将本市事项通知如下')));
        assert.deepEqual([first.state, first.kind], ['draft', 'notice']);
        assert.ok((await printed(office, 'notice', s.own.id)).includes('现将有关事项通知如下'));
        const now = await office.move('templates', first.id, 'enforce');
        assert.deepEqual([now.state, now.in_force_on], ['in_force', '2022-01-10']);
        assert.ok((await printed(office, 'notice', s.own.id)).includes('特将本市事项通知如下'));
        assert.ok((await printed(office, 'announcement', s.own.id)).includes(s.own.unit_name), 'other kinds keep theirs');
        assert.deepEqual((await office.expect(200, 'GET', `templates/${first.id}/file`)).bytes, worded('特将本市事项通知如下'));
        assert.deepEqual((await office.expect(200, 'GET', 'templates/notice/file')).bytes, shipped);
    });
    await t.test('another one takes its place; issued papers stay as they went out', async () => {
        const paper = await issue(s, await draftOf(s, 'notice', s.other.id));
        second = await office.post('templates', add(worded('再将全市事项通知如下'), { title: '本市格式（二）' }));
        await office.move('templates', second.id, 'enforce');
        assert.deepEqual([(await office.get(`templates/${first.id}`)).state, (await office.get(`templates/${first.id}`)).retired_on], ['retired', '2022-01-10']);
        assert.ok((await printed(office, 'notice', s.own.id)).includes('再将全市事项通知如下'));
        assert.ok((await printed(office, 'notice', s.other.id)).includes('特将本市事项通知如下'));
        const seen = await office.get(`document_codes/${paper.code}`);
        assert.deepEqual([seen.intact, seen.comparable], [true, false], 'another template is no change of the records');
        await office.moveRefused(409, 'templates', first.id, 'enforce');
        await office.moveRefused(409, 'templates', second.id, 'enforce');
    });
    await t.test('without one in force the shipped one is used again', async () => {
        assert.equal((await office.move('templates', second.id, 'retire')).state, 'retired');
        assert.ok((await printed(office, 'notice', s.own.id)).includes('现将有关事项通知如下'));
        await office.moveRefused(409, 'templates', second.id, 'retire');
    });
    await t.test('every shipped template is a good one', async () => {
        for (const { kind } of (await office.get('document_kinds')).kinds) {
            const file = (await office.expect(200, 'GET', `templates/${kind}/file`)).bytes;
            const own = await office.post('templates', add(file, { kind, title: `${kind} 原样` }));
            assert.equal(own.kind, kind);
        }
        await office.refused(404, 'GET', `templates/${NOBODY}/file`);
    });
});

// --- who may ---------------------------------------------------------------------------------------------------------------------

forEachEngine('who may draft, issue and print', async (t, city) => {
    const s = await subjects(city, '2021-10-20');
    const { office, unit } = s;
    const all = ['leader', 'office', 'head', 'deputy', 'member1', 'member2', 'unit', 'discipline', 'organisation', 'sysadmin', 'secadmin', 'auditor'];
    const administrators = ['sysadmin', 'secadmin', 'auditor'];
    const status = async (who, method, path, options) => (await city.as(who).request(method, path, options)).status;

    await t.test('papers and templates are kept by the office alone', async () => {
        const paper = await draftOf(s, 'rectification_list', s.own.id);
        const shipped = (await office.expect(200, 'GET', 'templates/notice/file')).bytes;
        const body = { organiser: s.organiser, kind: 'notice', record: s.own.id, title: '试', maker: '市委巡察办', dated_on: s.day };
        for (const who of all.filter((w) => w !== 'office')) {
            assert.equal(await status(who, 'POST', 'documents', { body }), 403, who);
            assert.equal(await status(who, 'PATCH', `documents/${paper.id}`, { body: { title: '改' }, ifMatch: paper.version }), 403, who);
            for (const move of ['issue', 'void']) assert.equal(await status(who, 'POST', `documents/${paper.id}/${move}`, { body: { reason: '试' }, ifMatch: paper.version }), 403, `${who} ${move}`);
            assert.equal(await status(who, 'POST', 'templates', { body: { organiser: s.organiser, kind: 'notice', title: '试', file: shipped.toString('base64') } }), 403, who);
            assert.equal(await status(who, 'GET', 'templates/notice/file'), 403, who);
        }
        assert.equal((await office.get(`documents/${paper.id}`)).state, 'draft');
    });
    await t.test('administrators print nothing', async () => {
        for (const who of administrators)
            for (const path of [`print?kind=notice&record=${s.own.id}`, 'print?kind=report', `inspections/${s.own.id}/outgoing`, 'document_kinds']) assert.equal(await status(who, 'GET', path), 403, `${who} ${path}`);
    });
    await t.test('the unit reads what was issued for it', async () => {
        const [own, foreign] = [await draftOf(s, 'rectification_list', s.own.id), await draftOf(s, 'rectification_list', s.other.id)];
        assert.equal(await status('unit', 'GET', `documents/${own.id}`), 404);
        assert.equal(await status('unit', 'GET', `documents/${own.id}/file`), 404);
        const issued = await issue(s, own);
        await issue(s, foreign);
        assert.equal(await status('unit', 'GET', `documents/${own.id}/file`), 200);
        for (const path of [`documents/${foreign.id}`, `documents/${foreign.id}/file`, `document_codes/${foreign.code}`]) assert.equal(await status('unit', 'GET', path), 404, path);
        assert.equal((await unit.get(`document_codes/${issued.code}`)).document.id, issued.id);
        await office.move('documents', own.id, 'void', { reason: '试' });
        assert.equal(await status('unit', 'GET', `documents/${own.id}`), 404, 'a voided paper is the office\'s');
        const internal = await draftOf(s, 'report', undefined, { title: '内部报告' });
        await issue(s, internal);
        assert.equal(await status('unit', 'GET', `documents/${internal.id}`), 404);
    });
    await t.test('the unit prints its own strike-off sheet, nobody else\'s', async () => {
        const mine = await s.one(`rectifications?state=done&unit=${s.own.unit}`), theirs = await s.one(`rectifications?state=done&unit.ne=${s.own.unit}`);
        assert.ok((await printed(unit, 'strike_off', mine.id)).includes(s.own.unit_name));
        await unit.refused(404, 'GET', `print?kind=strike_off&record=${theirs.id}`);
        await unit.refused(404, 'GET', `print?kind=strike_off&record=${mine.id},${theirs.id}`);
        const paper = await s.one('papers?state=cited');
        assert.ok([403, 404].includes(await status('unit', 'GET', `print?kind=paper&record=${paper.id}`)));
        assert.ok([403, 404].includes(await status('unit', 'GET', `print?kind=instruction&record=${(await s.one('instructions?sort=id')).id}`)));
        for (const who of ['member1', 'member2']) assert.ok([403, 404].includes(await status(who, 'GET', `print?kind=strike_off&record=${mine.id}`)), who);
    });
    await t.test('the outgoing papers of its own inspection', async () => {
        const names = Object.keys(unpack((await unit.expect(200, 'GET', `inspections/${s.own.id}/outgoing`)).bytes));
        assert.ok(!names.some((n) => n.includes('授权任职决定')), 'authorisations are not the unit\'s to see');
        assert.ok(names.some((n) => n.includes('整改台账')));
        await unit.refused(404, 'GET', `inspections/${s.other.id}/outgoing`);
        const { inspection, inspections } = await liveTeam(city);
        const foreign = await s.one(`inspections?state=on_site&team.ne=${inspection.team}`);
        for (const who of ['head', 'deputy', 'member1', 'member2']) {
            assert.equal(await status(who, 'GET', `inspections/${inspections[0].id}/outgoing`), 200, who);
            assert.equal(await status(who, 'GET', `inspections/${foreign.id}/outgoing`), 404, who);
        }
    });
    await t.test('each operation has its audit entry', async () => {
        const own = (await office.expect(200, 'GET', 'templates/notice/file')).bytes;
        const template = await office.post('templates', { organiser: s.organiser, kind: 'notice', title: '审计', file: own.toString('base64') });
        await office.move('templates', template.id, 'enforce');
        await office.expect(200, 'GET', `templates/${template.id}/file`);
        await office.move('templates', template.id, 'retire');
        const paper = await draftOf(s, 'notice', s.own.id);
        await office.patch('documents', paper.id, { title: '审计' });
        await issue(s, paper);
        await office.expect(200, 'GET', `documents/${paper.id}/file`);
        await office.get(`document_codes/${paper.code}`);
        await office.move('documents', paper.id, 'void', { reason: '审计' });
        await print(office, 'announcement', s.own.id);
        await office.expect(200, 'GET', `inspections/${s.own.id}/outgoing`);
        // reads are noted behind their answers
        const auditor = city.as('auditor');
        const noted = async () => (await auditor.items('audit?limit=60')).filter((e) => e.login === 'office' && e.outcome === 'ok');
        let entries = await noted();
        for (let tries = 0; tries < 50 && !entries.some((e) => e.operation === 'document.outgoing' && e.record === s.own.id); tries++) {
            await new Promise((resolve) => setTimeout(resolve, 50));
            entries = await noted();
        }
        const of = (operations, record) => {
            for (const operation of operations) assert.ok(entries.some((e) => e.operation === operation && e.operation_label && (!record || e.record === record)), `${operation} of ${record}: ${entries.map((e) => `${e.operation} ${e.record}`).join('\n')}`);
        };
        of(['document.draft', 'document.edit', 'document.issue', 'document.file', 'document.void'], paper.id);
        of(['template.add', 'template.enforce', 'template.retire'], template.id);
        of(['document.outgoing'], s.own.id);
        of(['document.print', 'document.verify', 'template.file']);
    });
});

// --- as PDFs -----------------------------------------------------------------------------------------------------------------------

const HALF = /[\u0020-\u024f]/;
const HANGING = /[，。、；：？！）》〉」』”’〕]$/; // may stand outside of the type area
const ems = (text) => [...text.replace(HANGING, '')].reduce((n, c) => n + (HALF.test(c) ? 0.5 : 1), 0);

forEachEngine('papers as PDFs', TODAY, async (t, city) => {
    const s = await subjects(city);
    const { office } = s;
    const { pdf, why_no_pdf: why } = await office.get('document_kinds');
    if (!pdf) {
        assert.ok(why.length > 0);
        await office.refused(409, 'GET', `print?kind=notice&record=${s.own.id}&format=pdf`);
        t.skip(`no PDFs here: ${why}`);
        return;
    }
    const kept = join(city.folder, 'pdf');
    mkdirSync(kept);
    const save = (name, bytes) => {
        assert.equal(bytes.subarray(0, 5).toString(), '%PDF-', name);
        writeFileSync(join(kept, name), bytes);
        return join(kept, name);
    };
    const words = (file) => spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
    const printPdf = async (kind, record) => save(`${kind}.pdf`, (await office.expect(200, 'GET', `print?kind=${kind}&record=${record}&format=pdf`)).bytes);
    const near = (value, want, by, what) => assert.ok(Math.abs(value - want) <= by, `${what}: ${value}, not ${want} ± ${by}`);

    await t.test('all that goes out for one inspection', async () => {
        const answer = await office.expect(200, 'GET', `inspections/${s.own.id}/outgoing?format=pdf`);
        const { '目录.txt': list, ...papers } = unpack(answer.bytes);
        assert.ok(Object.keys(papers).length >= 6);
        for (const [name, bytes] of Object.entries(papers)) {
            assert.match(name, /\.pdf$/);
            const text = words(save(name, bytes));
            assert.doesNotMatch(text, /\{\{|\}\}/, name);
            assert.ok(text.replace(/\s/g, '').length > 50, `${name} says hardly anything`);
            assert.ok(list.toString().includes(createHash('sm3').update(bytes).digest('hex')), name);
        }
    });
    await t.test('the notice has the format of GB/T 9704', async () => {
        const file = await printPdf('notice', s.own.id);
        const measured = pages(file);
        assert.ok(measured.length >= 2, 'two pages at least, or nothing is measured');
        assert.equal(measured.length, pageCount(file));
        for (const [i, page] of measured.entries()) {
            const m = measure(page);
            assert.deepEqual([m.width, m.height], [210, 297]);
            assert.ok(m.left >= 27, `left margin of page ${i + 1}: ${m.left}`);
            assert.ok(m.lines <= 22, `${m.lines} lines on page ${i + 1}`);
            for (const line of bodyLines(page)) assert.ok(ems(line.text) <= 28, `${ems(line.text)} characters: ${line.text}`);
        }
        near(Math.min(...measured.map((page) => measure(page).left)), 28, 1, 'left margin');
        near(measure(measured[1]).top, 37, 1, 'top margin');
        assert.ok(fonts(file).every((f) => f.embedded), 'all fonts are embedded');
    });
    await t.test('it names the fonts of the standard', async () => {
        const parts = unpack((await print(office, 'notice', s.own.id)).bytes);
        const xml = Object.entries(parts).filter(([name]) => name.endsWith('.xml')).map(([, part]) => part.toString()).join('');
        for (const font of ['仿宋_GB2312', '方正小标宋简体', '楷体_GB2312', '黑体']) assert.ok(xml.includes(`"${font}"`), font);
    });
    await t.test('full pages of a long paper have 22 lines', async () => {
        const long = (n) => Array.from({ length: n }, (_, i) => `第${i + 1}个方面的情况是班子成员在落实重大决策和执行财经纪律上还有差距，需要逐项核对并限期整改到位。`).join('');
        const inspection = await s.one('inspections?state=on_site');
        const feedback = await office.post('feedbacks', { inspection: inspection.id, number: '示巡反〔2022〕77号', evaluation: long(60), demands: long(60) });
        const measured = pages(await printPdf('feedback', feedback.id));
        const last = measured.findIndex((page) => page.lines.some((l) => l.text.startsWith('附件：问题清单')));
        assert.ok(last >= 6, `the text ends on page ${last + 1}`);
        for (let i = 1; i < last - 1; i++) {
            const m = measure(measured[i]);
            assert.equal(m.lines, 22, `page ${i + 1}`);
            near(m.top, 37, 1, `top margin of page ${i + 1}`);
        }
    });
    await t.test('the file of an issued paper as a PDF', async () => {
        const paper = await issue(s, await draftOf(s, 'notice', s.own.id));
        const text = words(save('issued.pdf', (await office.expect(200, 'GET', `documents/${paper.id}/file?format=pdf`)).bytes)).replace(/\s/g, '');
        assert.ok(text.includes(paper.number) && text.includes(paper.code), text.slice(0, 600));
    });
});
