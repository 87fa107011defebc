// What rectification brought about: stated by the unit with proof, confirmed by somebody else, counted by kind.
import assert from 'node:assert/strict';
import { Client, NOBODY, forEachEngine, inChinese, inEnglish } from './lib.mjs';

const TODAY = '2021-12-01';
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);
const waits = async (who, kind) => (await who.get('tasks')).items.filter((t) => t.kind === kind).reduce((n, t) => n + (t.count ?? 1), 0);

forEachEngine('effects of rectification', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, unit, discipline, organisation, leader, head] = ['office', 'unit', 'discipline', 'organisation', 'leader', 'head'].map((l) => city.as(l));
    const own = (await unit.items('units'))[0];
    const item = (await unit.items('rectifications?state=ongoing&limit=1&sort=id'))[0];
    const effect = (more) => ({ rectification: item.id, kind: 'rule_made', made_on: '2021-11-20', text: '《财务报销管理办法》（示财发〔2021〕9号）', basis: '示财发〔2021〕9号', ...more });
    const figures = async (...ids) => Promise.all(ids.map(async (id) => (await leader.figure(id)).value));
    const old = await figures('effect_rules', 'effect_money', 'effect_people');
    let rule, money, people, bare;

    await t.test('the unit states effects of its own items, the office for it and says for whom', async () => {
        for (const who of [discipline, organisation, leader, head, city.as('sysadmin'), city.as('secadmin'), city.as('auditor')]) await who.refused(403, 'POST', 'effects', { body: effect() });
        await new Client(city).refused(401, 'POST', 'effects', { body: effect() });
        await unit.refused(404, 'POST', 'effects', { body: effect({ rectification: NOBODY }) });
        const foreign = (await office.items(`rectifications?unit.ne=${own.id}&state=ongoing&limit=1`))[0];
        await unit.refused(404, 'POST', 'effects', { body: effect({ rectification: foreign.id }) });
        stated(await office.refused(422, 'POST', 'effects', { body: effect() }), 'stated_by');
        for (const field of ['kind', 'made_on', 'text']) stated(await unit.refused(422, 'POST', 'effects', { body: effect({ [field]: undefined }) }), field);
        rule = await unit.post('effects', effect());
        assert.deepEqual([rule.state, rule.unit, rule.finding, rule.title, rule.inspection, rule.round, rule.organiser, rule.stated_by], ['stated', own.id, item.finding, item.title, item.inspection, item.round, (await unit.get(`rectifications/${item.id}`)).organiser, (await unit.get('session')).name]);
        assert.equal(rule.stated_account, undefined);
        const entered = await office.post('effects', effect({ kind: 'rule_changed', stated_by: '示例单位办公室', text: '修订差旅费管理办法' }));
        assert.deepEqual([entered.state, entered.stated_by, entered.on_behalf_of], ['stated', '示例单位办公室', '示例单位办公室']);
        assert.deepEqual(await figures('effects_rules_made', 'effects_rules_changed', 'effects_confirmed'), [1, 1, 0]);
        const same = await office.moveRefused(403, 'effects', entered.id, 'confirm', { opinion: '属实' });
        assert.match(same.detail, /录入人以外/);
        const written = await unit.post('effects', effect({ text: '《公务接待办法》' }));
        await office.patch('effects', written.id, { text: '《公务接待管理办法》' });
        assert.match((await office.moveRefused(403, 'effects', written.id, 'confirm', { opinion: '属实' })).detail, /录入人以外/, 'what the office has edited is confirmed by another');
        await unit.move('effects', written.id, 'withdraw', { reason: '重复填报' });
        assert.equal((await discipline.move('effects', entered.id, 'confirm', { opinion: '已查阅制度文本。' })).state, 'confirmed');
    });

    await t.test('money and people: what a kind wants, and what it does not have', async () => {
        const recovered = (more) => effect({ kind: 'recovered', text: '追缴违规发放的补贴', amount_fen: 1234500, basis: '缴款书3份', ...more });
        for (const kind of ['recovered', 'refunded', 'avoided']) stated(await unit.refused(422, 'POST', 'effects', { body: recovered({ kind, amount_fen: undefined }) }), 'amount_fen');
        for (const amount_fen of [0, -1]) stated(await unit.refused(422, 'POST', 'effects', { body: recovered({ amount_fen }) }), 'amount_fen');
        for (const kind of ['rule_made', 'rule_changed', 'accountable']) stated(await unit.refused(422, 'POST', 'effects', { body: recovered({ kind }) }), 'amount_fen');
        const answered = (more) => effect({ kind: 'accountable', text: '对报销审核不严的责任人员追责', people: 2, post: 'middle', form: 'admonition', basis: '诫勉谈话记录', ...more });
        for (const field of ['people', 'post', 'form']) {
            stated(await unit.refused(422, 'POST', 'effects', { body: answered({ [field]: undefined }) }), field);
            stated(await unit.refused(422, 'POST', 'effects', { body: recovered({ [field]: answered()[field] }) }), field);
        }
        stated(await unit.refused(422, 'POST', 'effects', { body: answered({ people: 0 }) }), 'people');
        const late = await unit.refused(422, 'POST', 'effects', { body: recovered({ made_on: '2021-12-02' }) });
        stated(late, 'made_on');
        assert.ok(inChinese(late));
        const entered = (await unit.get(`inspections/${item.inspection}`)).enters_on;
        const early = await Object.assign(city.as('unit'), { lang: 'en' }).refused(422, 'POST', 'effects', { body: recovered({ made_on: '2019-01-01' }) });
        stated(early, 'made_on');
        assert.ok(inEnglish(early) && early.errors[0].rule.includes(entered), 'the first day is named');
        money = await unit.post('effects', recovered());
        people = await unit.post('effects', answered());
        await unit.post('effects', answered({ people: 1, post: 'staff', form: 'criticism' }));
        assert.deepEqual(await figures('effects_recovered', 'effects_refunded', 'effects_avoided', 'effects_people'), [12345, 0, 0, 3]);
    });

    await t.test('without proof it waits and does not count; a file attached proves it', async () => {
        bare = await unit.post('effects', effect({ kind: 'refunded', text: '清退多收费用', amount_fen: 100000, basis: undefined }));
        assert.equal(bare.state, 'unproven');
        assert.deepEqual(await figures('effects_refunded', 'effects_unproven'), [0, 1]);
        assert.deepEqual([await waits(unit, 'effect.prove'), await waits(office, 'effect.prove')], [1, 0]);
        await office.moveRefused(409, 'effects', bare.id, 'confirm', { opinion: '属实' });
        const upload = await discipline.upload(Buffer.from('x'), { inspection: item.inspection });
        await discipline.refused(403, 'POST', 'attachments', { body: { subject: 'effects', record: bare.id, evidence: upload, name: '一.txt', kind: 'other' } });
        const proof = await unit.attach('effects', bare.id, item.inspection, '清退明细', '清退明细.txt');
        assert.equal(proof.record, bare.id);
        assert.equal((await unit.get(`effects/${bare.id}`)).state, 'stated');
        for (const who of [office, unit, discipline, leader]) assert.equal((await who.expect(200, 'GET', `attachments/${proof.id}/file`)).text, '清退明细');
        assert.deepEqual(await figures('effects_refunded', 'effects_unproven'), [1000, 0]);
        await unit.attach('effects', bare.id, item.inspection, '补充明细', '补充明细.txt');
        const named = await unit.post('effects', effect({ basis: undefined }));
        assert.equal((await unit.patch('effects', named.id, { basis: '示财发〔2021〕10号' })).state, 'stated');
        assert.equal((await unit.patch('effects', named.id, { basis: null })).state, 'unproven');
        await unit.patch('effects', bare.id, { text: '清退多收的服务费' });
        assert.equal((await unit.get(`effects/${bare.id}`)).state, 'stated', 'its files prove it still');
        stated(await unit.moveRefused(422, 'effects', named.id, 'withdraw', {}), 'reason');
        await discipline.moveRefused(403, 'effects', named.id, 'withdraw', { reason: '试' });
        assert.equal((await unit.move('effects', named.id, 'withdraw', { reason: '重复填报' })).state, 'withdrawn');
        await unit.moveRefused(409, 'effects', named.id, 'withdraw', { reason: '试' });
    });

    await t.test('confirmed by the office or a supervisor, not by the unit; rejected with a reason', async () => {
        const open = await office.count('effects?state=stated');
        assert.deepEqual([await waits(office, 'effect.confirm'), await waits(discipline, 'effect.confirm'), await waits(unit, 'effect.confirm'), await waits(leader, 'effect.confirm')], [open, open, 0, 0]);
        assert.equal((await office.get('digest')).lines.find((l) => l.name === 'effects_stated').count, open);
        for (const who of [unit, leader]) await who.moveRefused(403, 'effects', rule.id, 'confirm', { opinion: '属实' });
        for (const who of [head, city.as('sysadmin'), city.as('auditor')]) await who.refused(403, 'POST', `effects/${rule.id}/confirm`, { body: {}, ifMatch: 1 });
        await new Client(city).refused(401, 'POST', `effects/${rule.id}/confirm`, { body: {}, ifMatch: 1 });
        await office.refused(404, 'POST', `effects/${NOBODY}/confirm`, { body: {}, ifMatch: 1 });
        await office.refused(428, 'POST', `effects/${rule.id}/confirm`, { body: {} });
        await office.refused(412, 'POST', `effects/${rule.id}/confirm`, { body: {}, ifMatch: 99 });
        stated(await office.moveRefused(422, 'effects', rule.id, 'confirm', { effective_on: '2021-12-02' }), 'effective_on');
        stated(await office.moveRefused(422, 'effects', rule.id, 'confirm', { effective_on: '2021-11-19' }), 'effective_on');
        const done = await office.move('effects', rule.id, 'confirm', { opinion: '已查阅制度文本。' });
        assert.deepEqual([done.state, done.decided_on, done.opinion, done.decided_by], ['confirmed', TODAY, '已查阅制度文本。', (await office.get('session')).name]);
        await unit.refused(409, 'PATCH', `effects/${rule.id}`, { body: { text: '改' }, ifMatch: done.version });
        await unit.moveRefused(409, 'effects', rule.id, 'withdraw', { reason: '试' });
        const upload = await unit.upload(Buffer.from('x'), { inspection: item.inspection });
        await unit.refused(409, 'POST', 'attachments', { body: { subject: 'effects', record: rule.id, evidence: upload, name: '一.txt', kind: 'other' } });
        stated(await discipline.moveRefused(422, 'effects', money.id, 'reject', {}), 'reason');
        await unit.moveRefused(403, 'effects', money.id, 'reject', { reason: '试' });
        const no = await organisation.move('effects', money.id, 'reject', { reason: '缴款书与事项无关' });
        assert.deepEqual([no.state, no.opinion], ['rejected', '缴款书与事项无关']);
        await office.moveRefused(409, 'effects', money.id, 'confirm');
        assert.deepEqual(await figures('effects_recovered', 'effects_rules_made'), [0, 1]);
        assert.equal((await office.move('effects', rule.id, 'reject', { reason: '核实有误，该制度早于反馈' })).state, 'rejected');
        assert.deepEqual(await figures('effects_rules_made'), [0]);
    });

    await t.test('each figure opens its records; people by post and by form; stated beside confirmed', async () => {
        await discipline.move('effects', people.id, 'confirm', { opinion: '已核对处理决定。' });
        const figure = await leader.figure('effects_people');
        const listed = await leader.all(figure.numerator_list);
        assert.deepEqual([figure.value, figure.records, listed.reduce((n, e) => n + e.people, 0)], [3, 2, 3]);
        const by = async (dimension) => Object.fromEntries((await leader.get(`figures/effects_people/breakdown?by=${dimension}`)).cells.map((c) => [c.keys[0].value, c.value]));
        assert.deepEqual(await by('post'), { middle: 2, staff: 1 });
        assert.deepEqual(await by('form'), { admonition: 2, criticism: 1 });
        assert.deepEqual(await by('state'), { confirmed: 2, stated: 1 });
        const rate = await leader.figure('effects_confirmed');
        const [confirmed, all] = [await leader.count('effects?state=confirmed'), await leader.count('effects?state.in=stated,confirmed')];
        assert.deepEqual([rate.numerator, rate.denominator], [confirmed, all]);
        assert.equal((await leader.all(rate.numerator_list)).length, confirmed);
        assert.deepEqual(await figures('effect_rules', 'effect_money', 'effect_people'), old, 'what items state themselves has not moved');
    });

    await t.test('who sees them: the unit its own, nobody of another unit', async () => {
        const second = (await office.items(`units?id.ne=${own.id}&limit=1&sort=code`))[0];
        const stranger = await city.person('bie.chu', '别处', { role: 'unit', unit: second.id });
        await stranger.refused(404, 'GET', `effects/${people.id}`);
        await stranger.refused(404, 'PATCH', `effects/${people.id}`, { body: { text: '改' }, ifMatch: 1 });
        assert.equal(await stranger.count('effects'), 0);
        assert.equal((await head.request('GET', `effects/${people.id}`)).status, 404, 'its rights have ended');
        for (const login of ['member1', 'sysadmin', 'auditor']) await city.as(login).refused(403, 'GET', `effects/${people.id}`);
        assert.equal((await discipline.get(`effects/${people.id}?names=true`)).names.rectification, item.title);
    });

    await t.test('none of an item that is not begun or was revoked', async () => {
        const past = async (n, more = {}) => {
            const finding = await office.post('findings/past', { round: item.round, unit: own.id, number: 400 + n, title: `补录事项${n}`, state: 'ongoing', due_on: '2022-03-31', fed_back_on: '2021-06-01', ...more });
            return (await office.items(`rectifications?finding=${finding.id}`))[0];
        };
        const objected = await past(1);
        await office.post('objections', { rectification: objected.id, wish: 'amend', grounds: '次数有误。', asked_by: '甲', asked_on: (await office.get(`feedbacks/${(await office.get(`rectifications/${objected.id}`)).feedback}`)).delivered_on });
        assert.match((await unit.refused(409, 'POST', 'effects', { body: effect({ rectification: objected.id }) })).detail, /异议处理中/);
        const waiting = await past(3, { state: 'pending' });
        assert.match((await unit.refused(409, 'POST', 'effects', { body: effect({ rectification: waiting.id }) })).detail, /未启动/);
        const revoked = await past(2);
        const made = await unit.post('effects', effect({ rectification: revoked.id, kind: 'avoided', amount_fen: 7700, text: '核减工程款' }));
        assert.deepEqual(await figures('effects_avoided'), [77]);
        await office.move('findings', revoked.finding, 'ask_revoke', { reason: '重复反馈' });
        await leader.move('findings', revoked.finding, 'revoke', { opinion: '同意' });
        assert.deepEqual(await figures('effects_avoided'), [0], 'an effect of what was revoked counts no more');
        await office.moveRefused(409, 'effects', made.id, 'confirm', { opinion: '属实' });
        await unit.refused(409, 'POST', 'effects', { body: effect({ rectification: revoked.id }) });
    });

    await t.test('a merged unit hands its open items over with their effects', async () => {
        const into = (await office.items(`units?id.ne=${own.id}&limit=1&sort=code`))[0];
        await office.expect(200, 'POST', `units/${own.id}/merge`, { body: { into: into.id, effective_on: TODAY, reason: '机构改革' }, ifMatch: (await office.get(`units/${own.id}`)).version });
        assert.equal((await office.get(`effects/${people.id}`)).unit, into.id);
        assert.equal(city.run('verify').code, 0);
    });
});
