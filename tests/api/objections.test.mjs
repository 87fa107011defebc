// Before feedback the unit checks facts; after it the unit may object, and people who signed none of its papers decide.
import assert from 'node:assert/strict';
import { unpack } from './docx.mjs';
import { Client, NOBODY, forEachEngine, inChinese, inEnglish, liveTeam, writePaper } from './lib.mjs';

const TODAY = { serve: ['--today', '2021-12-01'] };
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);
const waits = async (who, kind) => (await who.get('tasks')).items.filter((t) => t.kind === kind).reduce((n, t) => n + (t.count ?? 1), 0);

const textOf = (bytes) => Object.entries(unpack(bytes)).filter(([n]) => /^word\/(document|header|footer)/.test(n)).map(([, x]) => x.toString().replace(/<\/w:p>/g, '\n').replace(/<[^>]*>/g, '')).join('\n');

// A live inspection with findings drawn from one locked paper, and an account of its unit.
async function drawn(city, titles) {
    const head = city.as('head');
    const live = await liveTeam(city);
    const paper = await writePaper(city, live, 4);
    const findings = [];
    for (const title of titles) findings.push(await head.post('findings', { inspection: live.inspection.id, title, text: `${title}：2020年共三次，涉及金额二十万元。`, category: 'T6.1', papers: [paper.id] }));
    const secretary = await city.person('shu.ji', '示书记', { role: 'unit', unit: live.inspection.unit });
    return { ...live, paper, findings, secretary };
}
async function told(city, on) {
    const [office, head] = ['office', 'head'].map((l) => city.as(l));
    for (const [action, day] of [['leave', '02'], ['report', '03'], ['consult', '04']]) await head.move('inspections', on.inspection.id, action, { effective_on: `2021-11-${day}` });
    for (const [action, day] of [['deliberate', '05'], ['hear', '08']]) await office.move('inspections', on.inspection.id, action, { effective_on: `2021-11-${day}` });
    return office.post('feedbacks', { inspection: on.inspection.id, number: '示巡反〔2021〕778号', evaluation: '总体平稳。', demands: '按期整改。' });
}

forEachEngine('facts checked before the feedback', TODAY, async (t, city) => {
    const [office, head, leader, member] = ['office', 'head', 'leader', 'member1'].map((l) => city.as(l));
    const on = await drawn(city, ['会议纪要不全', '食堂账目未公示', '公车登记缺页', '采购未比价']);
    const [first, second, third, fourth] = on.findings;
    const unit = on.secretary;
    let check;

    await t.test('the unit is shown facts, and nothing of the finding they stand in', async () => {
        stated(await head.refused(422, 'POST', 'fact_checks', { body: { finding: first.id } }), 'facts');
        stated(await head.refused(422, 'POST', 'fact_checks', { body: { finding: first.id, facts: '三次会议无纪要。', due_on: '2021-11-01' } }), 'due_on');
        check = await head.post('fact_checks', { finding: first.id, facts: '2020年三次党组会没有纪要。', due_on: '2021-12-06' });
        assert.deepEqual([check.state, check.unit, check.sent_on], ['sent', on.inspection.unit, '2021-12-01']);
        const seen = await unit.get(`fact_checks/${check.id}?names=true`);
        assert.equal(seen.facts, '2020年三次党组会没有纪要。');
        assert.ok(!JSON.stringify(seen).includes(first.title), 'not even its name');
        await unit.refused(404, 'GET', `findings/${first.id}`);
        assert.deepEqual((await unit.all('findings')).length, 0);
        assert.match((await head.refused(409, 'POST', 'fact_checks', { body: { finding: first.id, facts: '再问一次' } })).detail, /尚未处理完/);
        assert.deepEqual([await waits(unit, 'fact_check.reply'), await waits(head, 'fact_check.close')], [1, 0]);
        assert.deepEqual((await unit.get(`fact_checks/${check.id}`)).actions, ['reply']);
    });

    await t.test('who may send, see, answer and settle', async () => {
        const body = { finding: second.id, facts: '试' };
        for (const login of ['member1', 'leader', 'discipline', 'unit', 'sysadmin', 'auditor']) assert.ok([403, 404].includes((await city.as(login).request('POST', 'fact_checks', { body })).status), login);
        await new Client(city).refused(401, 'POST', 'fact_checks', { body });
        await head.refused(404, 'POST', 'fact_checks', { body: { finding: NOBODY, facts: '试' } });
        for (const login of ['discipline', 'organisation', 'sysadmin', 'auditor']) assert.ok([403, 404].includes((await city.as(login).request('GET', `fact_checks/${check.id}`)).status), login);
        await city.as('unit').refused(404, 'GET', `fact_checks/${check.id}`);
        await city.as('unit').refused(404, 'POST', `fact_checks/${check.id}/reply`, { body: { answer: 'agreed' }, ifMatch: 1 });
        await head.moveRefused(403, 'fact_checks', check.id, 'reply', { answer: 'agreed' });
        await unit.moveRefused(403, 'fact_checks', check.id, 'close', { outcome: 'kept' });
        assert.equal((await member.get(`fact_checks/${check.id}`)).id, check.id, 'the team sees it');
        assert.equal((await leader.get(`fact_checks/${check.id}`)).id, check.id);
    });

    await t.test('answered, then kept, changed or dropped; each with what was decided', async () => {
        stated(await unit.moveRefused(422, 'fact_checks', check.id, 'reply', {}), 'answer');
        stated(await unit.moveRefused(422, 'fact_checks', check.id, 'reply', { answer: 'partly' }), 'words');
        stated(await unit.moveRefused(422, 'fact_checks', check.id, 'reply', { answer: 'agreed', effective_on: '2021-11-30' }), 'effective_on');
        await head.moveRefused(409, 'fact_checks', check.id, 'close', { outcome: 'kept', opinion: '同意' });
        const answered = await unit.move('fact_checks', check.id, 'reply', { answer: 'partly', words: '其中一次有纪要，见档案。' });
        assert.deepEqual([answered.state, answered.answer, answered.answered_by], ['answered', 'partly', '示书记']);
        assert.deepEqual([await waits(unit, 'fact_check.reply'), await waits(head, 'fact_check.close')], [0, 1]);
        stated(await head.moveRefused(422, 'fact_checks', check.id, 'close', {}), 'outcome');
        stated(await head.moveRefused(422, 'fact_checks', check.id, 'close', { outcome: 'kept' }), 'opinion');
        stated(await head.moveRefused(422, 'fact_checks', check.id, 'close', { outcome: 'changed' }), 'text');
        stated(await head.moveRefused(422, 'fact_checks', check.id, 'close', { outcome: 'changed', text: first.text }), 'text');
        stated(await head.moveRefused(422, 'fact_checks', check.id, 'close', { outcome: 'kept', text: '改', opinion: '不改' }), 'text');
        const text = '会议纪要不全：2020年共两次，涉及金额二十万元。';
        const settled = await head.move('fact_checks', check.id, 'close', { outcome: 'changed', text, opinion: '一次经核实有纪要。' });
        assert.deepEqual([settled.state, settled.outcome], ['settled', 'changed']);
        const told = JSON.stringify([await unit.get(`fact_checks/${check.id}`), await unit.get(`fact_checks/${check.id}/history`), await head.get(`fact_checks/${check.id}`)]);
        assert.ok(!told.includes(text) && !told.includes(first.text), 'the unit reads the check, and not the finding in it');
        assert.ok(JSON.stringify(await head.get(`findings/${first.id}/history`)).includes(text), 'its history has both');
        assert.equal((await head.get(`findings/${first.id}`)).text, text);

        const other = await office.post('fact_checks', { finding: second.id, facts: '食堂收支没有按月公示。' });
        stated(await office.moveRefused(422, 'fact_checks', other.id, 'reply', { answer: 'disputed', words: '已公示。' }), 'on_behalf_of');
        await office.move('fact_checks', other.id, 'reply', { answer: 'disputed', words: '已公示。', on_behalf_of: on.inspection.unit_name });
        const dropped = await office.move('fact_checks', other.id, 'close', { outcome: 'dropped', opinion: '公示照片可查，不成立。' });
        assert.equal(dropped.answered_by, on.inspection.unit_name);
        assert.deepEqual(await office.get(`findings/${second.id}`).then((f) => [f.state, f.withdrawn_because]), ['withdrawn', '公示照片可查，不成立。']);
        const agreed = await head.post('fact_checks', { finding: third.id, facts: '登记簿缺页。' });
        await unit.move('fact_checks', agreed.id, 'reply', { answer: 'agreed' });
        assert.equal((await head.move('fact_checks', agreed.id, 'close', { outcome: 'kept' })).outcome, 'kept');
    });

    await t.test('a finding whose facts are under way is not fed back', async () => {
        const open = await head.post('fact_checks', { finding: fourth.id, facts: '采购没有比价。' });
        const feedback = await told(city, on);
        assert.match((await office.moveRefused(409, 'feedbacks', feedback.id, 'deliver')).detail, /1份事实核对/);
        stated(await head.moveRefused(422, 'fact_checks', open.id, 'void', {}), 'reason');
        assert.equal((await head.move('fact_checks', open.id, 'void', { reason: '单位已书面认可' })).state, 'void');
        await office.move('feedbacks', feedback.id, 'deliver', { effective_on: '2021-11-10' });
        assert.match((await head.refused(409, 'POST', 'fact_checks', { body: { finding: first.id, facts: '试' } })).detail, /不再送单位/);
        assert.deepEqual((await unit.all('findings?sort=id')).map((f) => f.id).filter((id) => on.findings.some((f) => f.id === id)), [first, third, fourth].map((f) => f.id));
        assert.equal((await unit.get(`fact_checks/${check.id}?names=true`)).names.finding, first.title, 'once it is told, its name is too');
        assert.equal(city.run('verify').code, 0);
    });
});

forEachEngine('objections after the feedback', TODAY, async (t, city) => {
    const [office, head, leader, discipline] = ['office', 'head', 'leader', 'discipline'].map((l) => city.as(l));
    const on = await drawn(city, ['会议纪要不全', '食堂账目未公示', '公车登记缺页', '采购未比价', '档案未移交']);
    const unit = on.secretary;
    const feedback = await told(city, on);
    await office.move('feedbacks', feedback.id, 'deliver', { effective_on: '2021-11-10' });
    const all = await unit.all('rectifications?sort=number');
    const items = on.findings.map((f) => all.find((i) => i.finding === f.id));
    const [first, second, third, fourth, fifth] = items;
    const file = (item, more = {}) => ({ rectification: item.id, wish: 'withdraw', grounds: '该事项属另一单位，凭证附后。', asked_on: '2021-11-20', ...more });
    let objection;

    await t.test('within the term, once, with grounds; the item stands and its clock with it', async () => {
        stated(await unit.refused(422, 'POST', 'objections', { body: file(first, { grounds: '' }) }), 'grounds');
        stated(await unit.refused(422, 'POST', 'objections', { body: file(first, { wish: undefined }) }), 'wish');
        stated(await office.refused(422, 'POST', 'objections', { body: file(first) }), 'asked_by');
        const late = await unit.refused(422, 'POST', 'objections', { body: file(first, { asked_on: undefined }) });
        assert.match(late.errors[0].rule, /2021-11-25/, 'the last day is named');
        assert.ok(inChinese(late));
        const abroad = Object.assign(city.as('office'), unit, { lang: 'en' });
        assert.ok(inEnglish(await abroad.refused(422, 'POST', 'objections', { body: file(first, { asked_on: '2021-12-01' }) })));
        stated(await unit.refused(422, 'POST', 'objections', { body: file(first, { asked_on: '2021-11-09' }) }), 'asked_on');
        objection = await unit.post('objections', file(first));
        assert.deepEqual([objection.state, objection.term_on, objection.due_before, objection.text_before], ['filed', '2021-11-25', '2022-01-10', (await unit.get(`findings/${first.finding}`)).text]);
        const now = await unit.get(`rectifications/${first.id}`);
        assert.deepEqual([now.state, now.light, now.actions], ['objected', 'stands', []]);
        assert.deepEqual((await unit.all('rectifications?light=stands')).map((i) => i.id), [first.id]);
        for (const light of ['red', 'yellow', 'green']) assert.ok(!(await unit.all(`rectifications?light=${light}`)).some((i) => i.id === first.id), light);
        await unit.refused(409, 'PATCH', `rectifications/${first.id}`, { body: { leader: '甲' }, ifMatch: now.version });
        await unit.refused(409, 'POST', 'objections', { body: file(first) });
        await unit.refused(409, 'POST', 'adjustments', { body: { rectification: first.id, kind: 'extension', cause: 'other', reason: '试', due_on: '2022-03-01' } });
        assert.match((await office.moveRefused(409, 'findings', first.finding, 'ask_revoke', { reason: '试' })).detail, /异议/);
        assert.deepEqual([await waits(office, 'objection.decide'), await waits(leader, 'objection.decide'), await waits(unit, 'objection.decide')], [1, 1, 0]);
        const proof = await unit.attach('objections', objection.id, on.inspection.id, '凭证复印件', '凭证.txt');
        for (const who of [office, unit, discipline, leader]) assert.equal((await who.expect(200, 'GET', `attachments/${proof.id}/file`)).text, '凭证复印件');
        assert.equal(await unit.count(`attachments?record=${objection.id}`), 1);
    });

    await t.test('the unit alone objects, and those who made the paper do not decide', async () => {
        for (const login of ['head', 'discipline', 'leader', 'member1', 'sysadmin', 'auditor', 'unit']) assert.ok([403, 404].includes((await city.as(login).request('POST', 'objections', { body: file(second) })).status), login);
        const say = { opinion: '不成立。' };
        for (const login of ['unit', 'head', 'discipline', 'auditor']) assert.ok([403, 404].includes((await city.as(login).request('POST', `objections/${objection.id}/keep`, { body: say, ifMatch: 1 })).status), login);
        await unit.moveRefused(403, 'objections', objection.id, 'uphold', say);
        await new Client(city).refused(401, 'POST', `objections/${objection.id}/keep`, { body: say, ifMatch: 1 });
        const author = await city.as('office').get(`papers/${on.paper.id}`);
        const account = (await city.as('sysadmin').all('accounts')).find((a) => a.person === author.collector) ?? null;
        assert.ok(account, 'the author has an account');
        await city.as('secadmin').post('assignments', { account: account.id, role: 'office', everything: true, valid_from: '2021-01-01', valid_to: '2029-12-31', basis: '临时抽调' });
        const same = await city.loggedIn(account.login);
        await same.post('session/role', { role: 'office' }).catch(() => null);
        const refused = await same.expect(403, 'POST', `objections/${objection.id}/keep`, { body: say, ifMatch: 1 });
        assert.match(refused.json.detail, /编写过|签署/);
    });

    await t.test('kept: the item goes on, due later by the days it stood', async () => {
        stated(await office.moveRefused(422, 'objections', objection.id, 'keep', {}), 'opinion');
        stated(await office.moveRefused(422, 'objections', objection.id, 'keep', { opinion: '不成立', text: '改' }), 'text');
        stated(await office.moveRefused(422, 'objections', objection.id, 'keep', { opinion: '不成立', effective_on: '2021-11-19' }), 'effective_on');
        const kept = await office.move('objections', objection.id, 'keep', { opinion: '凭证与问题无关，维持。', means: 'ink', paper_no: '异议〔2021〕1号', on_behalf_of: '示主任', effective_on: '2021-11-30' });
        assert.deepEqual([kept.state, kept.stood_days, kept.due_after, kept.decided_by], ['kept', 10, '2022-01-20', '示主任']);
        const item = await unit.get(`rectifications/${first.id}`);
        assert.deepEqual([item.state, item.due_on, item.due_first, item.light], ['pending', '2022-01-20', '2022-01-10', 'green']);
        const signature = (await unit.items(`signatures?record=${objection.id}`))[0];
        assert.deepEqual([signature.means, signature.paper_no, signature.decision], ['ink', '异议〔2021〕1号', 'refuse']);
        assert.match((await unit.refused(409, 'POST', 'objections', { body: file(first) })).detail, /已经处理过/);
        await unit.moveRefused(409, 'objections', objection.id, 'withdraw', { reason: '试' });
        const upload = await unit.upload(Buffer.from('x'), { inspection: on.inspection.id });
        await unit.refused(409, 'POST', 'attachments', { body: { subject: 'objections', record: objection.id, evidence: upload, name: 'x.txt', kind: 'other' } });
    });

    await t.test('amended: finding and item say the new words, the old ones are kept', async () => {
        const made = await unit.post('objections', file(second, { wish: 'amend', grounds: '次数应为两次。' }));
        stated(await leader.moveRefused(422, 'objections', made.id, 'amend', { opinion: '属实' }), 'text');
        const amended = await leader.move('objections', made.id, 'amend', { opinion: '经查为两次。', title: '食堂账目公示不及时', text: '食堂收支两次未按月公示。' });
        assert.deepEqual([amended.state, amended.stood_days, amended.title, amended.title_after, amended.text_after], ['amended', 11, second.title, '食堂账目公示不及时', '食堂收支两次未按月公示。']);
        assert.deepEqual([(await unit.get(`findings/${second.finding}`)).text, (await unit.get(`rectifications/${second.id}`)).title], ['食堂收支两次未按月公示。', '食堂账目公示不及时']);
        assert.equal((await unit.get(`rectifications/${second.id}`)).due_on, '2022-01-21');
    });

    await t.test('taken back: out of the base, where everybody can see it', async () => {
        const before = await leader.figure('rectification_rate'), revoked = await leader.figure('findings_revoked');
        const made = await unit.post('objections', file(third));
        assert.equal((await leader.figure('rectification_rate')).denominator, before.denominator, 'it counts while it stands');
        const upheld = await office.move('objections', made.id, 'uphold', { opinion: '事实不成立，撤回。' });
        assert.deepEqual([upheld.state, upheld.due_after], ['upheld', null]);
        assert.deepEqual(await unit.get(`findings/${third.finding}`).then((f) => [f.state, f.revoked_on, f.revoke_opinion]), ['revoked', '2021-12-01', '事实不成立，撤回。']);
        assert.equal((await unit.get(`rectifications/${third.id}`)).state, 'revoked');
        assert.equal((await leader.figure('rectification_rate')).denominator, before.denominator - 1);
        assert.equal((await leader.figure('findings_revoked')).value, revoked.value + 1);
        assert.deepEqual([(await leader.figure('objections_filed')).value, (await leader.figure('objections_granted')).value], [3, 2]);
    });

    await t.test('withdrawn by the unit: as before, and no day is won', async () => {
        await unit.patch('rectifications', fourth.id, { measures: '逐笔比价。', leader: '示书记' });
        await unit.move('rectifications', fourth.id, 'start');
        const made = await unit.post('objections', file(fourth));
        stated(await unit.moveRefused(422, 'objections', made.id, 'withdraw', {}), 'reason');
        assert.equal((await unit.move('objections', made.id, 'withdraw', { reason: '已与巡察组沟通' })).state, 'withdrawn');
        assert.deepEqual(await unit.get(`rectifications/${fourth.id}`).then((i) => [i.state, i.due_on, i.due_first]), ['ongoing', '2022-01-10', null]);
        assert.equal((await unit.post('objections', file(fourth, { wish: 'amend' }))).state, 'filed', 'it was not decided: there is a second one');
    });

    await t.test('an item that is being struck off, or whose finding is being revoked, takes none', async () => {
        await office.move('findings', fifth.finding, 'ask_revoke', { reason: '重复' });
        assert.match((await unit.refused(409, 'POST', 'objections', { body: file(fifth) })).detail, /提请撤销/);
        const done = (await city.as('unit').items('rectifications?state=done&limit=1'))[0];
        await city.as('unit').refused(409, 'POST', 'objections', { body: file(done) });
        assert.equal((await discipline.count('objections')) >= 4, true);
        assert.equal((await head.count('objections')) >= 4, true);
        assert.equal(city.run('verify').code, 0);
    });
});

forEachEngine('papers of facts and objections', TODAY, async (t, city) => {
    const [office, head] = ['office', 'head'].map((l) => city.as(l));
    const on = await drawn(city, ['会议纪要不全']);
    const unit = on.secretary;
    const print = async (who, kind, record) => textOf((await who.expect(200, 'GET', `print?kind=${kind}&record=${record}`)).bytes);

    await t.test('the sheet of facts says nothing but them', async () => {
        const check = await head.post('fact_checks', { finding: on.findings[0].id, facts: '2020年三次党组会没有纪要。', due_on: '2021-12-06' });
        for (const who of [head, office, unit]) {
            const text = await print(who, 'fact_check', check.id);
            for (const word of ['2020年三次党组会没有纪要。', '2021年12月6日', '□属实']) assert.ok(text.includes(word), word);
            assert.ok(!text.includes('{{') && !text.includes(on.findings[0].title));
        }
        await city.as('unit').refused(404, 'GET', `print?kind=fact_check&record=${check.id}`);
        await unit.move('fact_checks', check.id, 'reply', { answer: 'agreed' });
        await head.move('fact_checks', check.id, 'close', { outcome: 'kept' });
        assert.ok((await print(head, 'fact_check', check.id)).includes('属实'));
    });

    await t.test('the decision is drafted, issued under its number, and in the outgoing file and the archive of the inspection', async () => {
        const feedback = await told(city, on);
        await office.move('feedbacks', feedback.id, 'deliver', { effective_on: '2021-11-10' });
        const item = (await unit.all('rectifications')).find((i) => i.finding === on.findings[0].id);
        const made = await unit.post('objections', { rectification: item.id, wish: 'amend', grounds: '次数应为两次。', asked_on: '2021-11-20' });
        await office.move('objections', made.id, 'amend', { opinion: '经查属实，予以采纳。', text: '2020年两次党组会没有纪要。' });
        const text = await print(office, 'objection', made.id);
        for (const word of ['次数应为两次。', '经查属实，予以采纳。', '2020年两次党组会没有纪要。', '停止计时11天', '2022年1月21日', '采纳并修改']) assert.ok(text.includes(word), `${word} in ${text}`);
        const draft = await office.post('documents', { organiser: made.organiser, kind: 'objection', record: made.id, title: '关于异议的处理决定', maker: '市委巡察办', dated_on: '2021-12-01' });
        const issued = await office.move('documents', draft.id, 'issue');
        assert.match(issued.number, /^巡异〔2021〕1号$/);
        assert.equal((await unit.get(`documents/${issued.id}`)).number, issued.number, 'the unit reads what is addressed to it');
        const outgoing = Object.keys(unpack((await office.expect(200, 'GET', `inspections/${on.inspection.id}/outgoing`)).bytes));
        assert.equal(outgoing.filter((n) => n.includes('异议处理决定')).length, 1, outgoing.join());
        await office.move('inspections', on.inspection.id, 'catalogue');
        const kept = await office.all(`dossier_items?inspection=${on.inspection.id}&fields=subject`);
        assert.deepEqual(['fact_checks', 'objections'].map((s) => kept.filter((i) => i.subject === s).length), [1, 1]);
    });
});
