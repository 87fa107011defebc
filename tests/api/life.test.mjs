// One problem's life through the API, by the people who live it: a new unit and round, the team's authorisation, a
// paper with its signatures, the finding, feedback, rectification, strike-off; the figures move with it, and rights
// end with the authorisation.
import assert from 'node:assert/strict';
import { PASSWORD, forEachEngine, paperText } from './lib.mjs';

const TODAY = '2022-01-10'; // the demo's own teams are out of office since new year

// The rows behind a figure's door, as many as the figure counts.
async function doors(who, figure) {
    for (const side of ['numerator', 'denominator']) {
        const rows = await who.all(figure[`${side}_list`]);
        assert.equal(rows.length, figure[side], `${side}: the door of ${figure.id} opens onto what the figure counts`);
        assert.equal(await who.count(figure[`${side}_list`]), figure[side]);
    }
}

const rate = (f) => Math.round(f.numerator * 10000 / f.denominator) / 100;

forEachEngine('a problem from the notice to the strike-off', { serve: ['--today', TODAY] }, async (t, city) => {
    const office = city.as('office');
    const leader = city.as('leader');
    const discipline = city.as('discipline');
    const security = city.as('secadmin');
    const on = {};
    let secretary, head, deputy, author, checker, stranger;

    // Each step stands on the one before it: after a failure the rest would only repeat it.
    let failed = false;
    const step = (name, run) => t.test(name, async (sub) => {
        if (failed) return sub.skip('an earlier step failed');
        failed = true;
        await run();
        failed = false;
    });

    const before = await leader.figure('rectification_rate');
    const roundsBefore = (await leader.figure('rounds_regular')).value;

    await step('the figures of the demo are what its records say', async () => {
        assert.deepEqual([before.numerator, before.denominator], [95, 104]);
        assert.equal(before.value, rate(before));
        await doors(leader, before);
    });

    await step('a unit is registered, with its history', async () => {
        on.organiser = (await office.items('organisers'))[0];
        on.unit = await office.post('units', { code: 'SZ901', name: '市大数据局党组', kind: 'government', level: 'city', organiser: on.organiser.id, principal: '何示数', in_coverage: true, established_on: '2019-03-01' });
        assert.equal(on.unit.version, 1);
        secretary = await city.person('he.shu', '何示数', { role: 'unit', unit: on.unit.id });
        const facts = await secretary.all('unit_facts');
        assert.deepEqual(facts.map((f) => [f.fact, f.value, f.valid_from]).sort(), [['name', '市大数据局党组', '2019-03-01'], ['principal', '何示数', '2019-03-01']]);
        const renamed = await office.move('units', on.unit.id, 'change', { fact: 'name', value: '市数据管理局党组', valid_from: '2021-06-01', reason: '机构改革' });
        assert.equal(renamed.name, '市数据管理局党组');
        assert.equal((await secretary.all('unit_facts?fact=name')).find((f) => f.value === '市大数据局党组').valid_to, '2021-05-31');
        await office.moveRefused(409, 'units', on.unit.id, 'change', { fact: 'name', value: '另一个名称', valid_from: '2021-05-01' });
    });

    await step('a regular round with its team; a person stands in one team, a team has one head', async () => {
        on.round = await office.post('rounds', { organiser: on.organiser.id, term: '示例市第十三届', type: 'regular', number: 9, name: '示例市委第九轮巡察', year: 2022, taxonomy: 'T6', starts_on: '2022-01-04' });
        assert.equal(on.round.rule_set.length, 26);
        assert.equal((await leader.figure('rounds_regular')).value, roundsBefore + 1);
        on.team = await office.post('teams', { round: on.round.id, name: '市委第一巡察组' });
        on.people = {};
        for (const [duty, login] of [['head', 'head'], ['deputy', 'deputy'], ['liaison', 'member1'], ['member', 'member2']]) {
            on.people[duty] = (await city.as(login).get('session')).person;
            const member = { team: on.team.id, person: on.people[duty], duty };
            await office.post('members', member);
            await office.refused(409, 'POST', 'members', { body: member });
        }
        const other = await office.post('people', { name: '外人' });
        const second = await office.refused(409, 'POST', 'members', { body: { team: on.team.id, person: other.id, duty: 'head' } });
        assert.equal(second.errors[0].field, 'duty');
        on.inspection = await office.post('inspections', { round: on.round.id, team: on.team.id, unit: on.unit.id });
        assert.equal(on.inspection.unit_name, '市数据管理局党组', 'the name on the day the round starts');
        assert.equal(on.inspection.state, 'planned');
        const twice = await office.refused(409, 'POST', 'inspections', { body: { round: on.round.id, team: on.team.id, unit: on.unit.id } });
        assert.equal(twice.errors[0].field, 'unit');
        // The unit of the demo is planned too, so that the team has another one.
        on.finance = (await city.as('unit').items('units'))[0];
        on.second = await office.post('inspections', { round: on.round.id, team: on.team.id, unit: on.finance.id });
    });

    await step('before the authorisation nobody of the team sees anything', async () => {
        for (const login of ['head', 'deputy', 'member1', 'member2']) {
            assert.equal((await city.as(login).get('session')).role, null);
            await city.as(login).refused(403, 'GET', `inspections/${on.inspection.id}`);
            await city.as(login).refused(403, 'GET', 'papers');
        }
    });

    await step('the numbered decision gives the rights, day by day', async () => {
        on.authorisation = await office.post('authorisations', { round: on.round.id, number: '示巡组〔2022〕9号', decided_by: '市委巡察工作领导小组', decided_on: '2022-01-04', valid_from: '2022-01-05', valid_to: '2022-06-30' });
        const wrong = await office.refused(422, 'PATCH', `authorisations/${on.authorisation.id}`, { body: { valid_to: '2021-01-01' }, ifMatch: 1 });
        assert.equal(wrong.errors[0].field, 'valid_to');
        await leader.move('authorisations', on.authorisation.id, 'enforce', { on_behalf_of: '领导小组组长' });
        await office.moveRefused(409, 'authorisations', on.authorisation.id, 'enforce');
        await office.moveRefused(409, 'authorisations', on.authorisation.id, 'enforce', {}, 2);
        await office.refused(409, 'PATCH', `authorisations/${on.authorisation.id}`, { body: { valid_to: '2022-12-31' }, ifMatch: 2 });
        const rights = await security.all(`assignments?authorisation=${on.authorisation.id}`);
        assert.equal(rights.length, 8, 'four people, two inspections');
        assert.ok(rights.every((r) => r.valid_from === '2022-01-05' && r.valid_to === '2022-06-30' && r.basis === '示巡组〔2022〕9号'));
        [head, deputy, author, checker] = await Promise.all(['head', 'deputy', 'member1', 'member2'].map((login) => city.loggedIn(login)));
        assert.deepEqual(await Promise.all([head, deputy, author, checker].map(async (p) => (await p.get('session')).role)), ['head', 'deputy', 'liaison', 'member']);
        assert.deepEqual((await head.all('inspections')).map((i) => i.id).sort(), [on.inspection.id, on.second.id].sort(), 'this round, and none of the rounds whose rights have ended');
    });

    await step('the unit learns of the inspection by the notice, not before', async () => {
        assert.deepEqual(await secretary.all('inspections'), []);
        await secretary.refused(404, 'GET', `inspections/${on.inspection.id}`);
        await secretary.refused(404, 'GET', `inspections/${on.inspection.id}/history`);
        await secretary.refused(404, 'POST', 'uploads', { body: { size: 1, inspection: on.inspection.id } });
        await office.moveRefused(409, 'inspections', on.inspection.id, 'enter');
        const future = await office.moveRefused(422, 'inspections', on.inspection.id, 'notify', { effective_on: '2022-01-11' });
        assert.equal(future.errors[0].field, 'effective_on');
        await office.move('inspections', on.inspection.id, 'notify', { effective_on: '2022-01-06' });
        await office.moveRefused(409, 'inspections', on.inspection.id, 'notify');
        const seen = await secretary.get(`inspections/${on.inspection.id}`);
        assert.equal(seen.notice_on, '2022-01-06');
        assert.deepEqual((await secretary.all('inspections')).map((i) => i.id), [on.inspection.id]);
        assert.ok(!(await city.as('unit').all('inspections')).some((i) => i.id === on.second.id || i.id === on.inspection.id), 'nobody else learns');
    });

    await step('papers are written on site, not before', async () => {
        await author.refused(409, 'POST', 'papers', { body: paperText(on.inspection, on.people) });
        await author.refused(403, 'POST', `inspections/${on.inspection.id}/enter`, { ifMatch: 2 });
        const early = await head.moveRefused(422, 'inspections', on.inspection.id, 'enter', { effective_on: '2022-01-05' });
        assert.equal(early.errors[0].field, 'effective_on');
        const entered = await head.move('inspections', on.inspection.id, 'enter', { effective_on: '2022-01-07' });
        assert.deepEqual([entered.state, entered.enters_on], ['on_site', '2022-01-07']);
    });

    await step('a paper: two authors of the team, a category of the round, figures with their source', async () => {
        for (const [field, more] of [
            ['checker', { checker: on.people.liaison }],
            ['collector', { collector: (await office.items('people?name=外人'))[0].id }],
            ['category', { category: 'T5.1' }],
            ['figures_source', { amount_fen: 120000 }],
            ['occurred_to', { occurred_from: '2021-05-01', occurred_to: '2021-04-01' }],
            ['basis_from', { basis_from: '2021-05-01', occurred_from: '2020-01-01', occurred_to: '2020-02-01' }],
        ]) {
            const problem = await author.refused(422, 'POST', 'papers', { body: paperText(on.inspection, on.people, more) });
            assert.deepEqual(problem.errors.map((e) => e.field), [field]);
        }
        on.paper = await author.post('papers', paperText(on.inspection, on.people, { amount_fen: 120000, figures_source: '2021年凭证抽查表' }));
        assert.deepEqual([on.paper.number, on.paper.state, on.paper.revision, on.paper.compiled_on], ['9-一-1-001', 'draft', 1, TODAY]);
    });

    await step('nobody signs a paper without evidence or without its basis', async () => {
        const bare = await author.moveRefused(409, 'papers', on.paper.id, 'sign');
        assert.deepEqual(bare.errors.map((e) => e.field), ['attachments']);
        await author.patch('papers', on.paper.id, { basis: null });
        await author.attach('papers', on.paper.id, on.inspection.id, '三次会议记录的摘录', '会议记录.txt', { compared: true, pages: '1-3', origin: '办公室' });
        assert.deepEqual((await author.moveRefused(409, 'papers', on.paper.id, 'sign')).errors.map((e) => e.field), ['basis']);
        await author.patch('papers', on.paper.id, { basis: '《议事规则》第三条' });
    });

    await step('wrong people and wrong roles do not sign', async () => {
        await office.refused(403, 'POST', `papers/${on.paper.id}/sign`, { ifMatch: 3 });
        await secretary.refused(403, 'POST', `papers/${on.paper.id}/sign`, { ifMatch: 3 });
        await head.moveRefused(409, 'papers', on.paper.id, 'sign');
        await deputy.moveRefused(409, 'papers', on.paper.id, 'sign'); // may be an author, is not named
    });

    await step('an edit after the first signature takes it back: a new turn', async () => {
        const once = await author.move('papers', on.paper.id, 'sign', { opinion: '属实' });
        assert.deepEqual([once.state, once.turn], ['draft', 3]); // two edits before it
        await author.moveRefused(409, 'papers', on.paper.id, 'sign'); // nobody signs twice
        const edited = await checker.patch('papers', on.paper.id, { manifestation: '四次会议未按规则表决。' });
        assert.equal(edited.turn, 4);
        await author.move('papers', on.paper.id, 'sign');
        const both = await checker.move('papers', on.paper.id, 'sign');
        assert.deepEqual([both.state, both.awaiting], ['to_review', 'deputy']);
        await author.refused(409, 'PATCH', `papers/${on.paper.id}`, { body: { title: '改题' }, ifMatch: both.version });
        const upload = await author.upload(Buffer.from('迟来的材料'), { inspection: on.inspection.id });
        await author.refused(409, 'POST', 'attachments', { body: { subject: 'papers', record: on.paper.id, evidence: upload, name: '迟来.txt' } });
    });

    await step('the deputy returns it with a reason; the whole chain begins anew', async () => {
        const without = await deputy.moveRefused(422, 'papers', on.paper.id, 'return');
        assert.deepEqual(without.errors.map((e) => e.field), ['reason']);
        await head.moveRefused(409, 'papers', on.paper.id, 'sign'); // not his step yet
        const returned = await deputy.move('papers', on.paper.id, 'return', { reason: '请补充表决票数' });
        assert.deepEqual([returned.state, returned.turn, returned.step], ['returned', 5, 0]);
        assert.ok((await author.get('tasks')).items.some((x) => x.kind === 'paper.returned' && x.id === on.paper.id));
        await author.patch('papers', on.paper.id, { manifestation: '四次会议未按规则表决，应到九人，实到五人。' });
        await author.move('papers', on.paper.id, 'sign');
        await checker.move('papers', on.paper.id, 'sign');
        assert.ok((await deputy.get('tasks')).items.some((x) => x.kind === 'paper.review' && x.id === on.paper.id));
        await deputy.move('papers', on.paper.id, 'sign', { opinion: '同意' });
        const signed = await head.move('papers', on.paper.id, 'sign', { opinion: '同意' });
        assert.deepEqual([signed.state, signed.locked_on, signed.awaiting], ['locked', TODAY, null]);
        assert.match(signed.text_digest, /^[0-9a-f]{64}$/);
        const signatures = await head.all(`signatures?record=${on.paper.id}&sort=id`);
        assert.deepEqual(signatures.map((s) => [s.turn, s.step, s.role, s.decision]), [
            [3, 'authors', 'liaison', 'sign'], [4, 'authors', 'liaison', 'sign'], [4, 'authors', 'member', 'sign'], [4, 'deputy', 'deputy', 'return'],
            [5, 'authors', 'liaison', 'sign'], [5, 'authors', 'member', 'sign'], [5, 'deputy', 'deputy', 'sign'], [5, 'head', 'head', 'sign']]);
        assert.equal(signatures.at(-1).text_digest, signed.text_digest, 'the head signed the text that is locked');
        assert.notEqual(signatures[0].text_digest, signatures[1].text_digest);
        assert.equal(signatures[3].opinion, '请补充表决票数');
        on.paper = signed;
    });

    await step('a locked paper takes no edit; a revision keeps the old text', async () => {
        await author.refused(409, 'PATCH', `papers/${on.paper.id}`, { body: { title: '改题' }, ifMatch: on.paper.version });
        const revised = await author.move('papers', on.paper.id, 'revise', { reason: '票数有误' });
        assert.deepEqual([revised.state, revised.revision, revised.text_digest, revised.revision_reason], ['draft', 2, null, '票数有误']);
        const kept = (await head.items(`paper_revisions?paper=${on.paper.id}`))[0];
        assert.deepEqual([kept.revision, kept.text_digest, kept.reason], [1, on.paper.text_digest, '票数有误']);
        const text = JSON.parse((await head.get(`paper_revisions/${kept.id}`)).content);
        assert.equal(text.manifestation, '四次会议未按规则表决，应到九人，实到五人。');
        await author.patch('papers', on.paper.id, { manifestation: '四次会议未按规则表决，应到九人，实到六人。' });
        for (const who of [author, checker, deputy, head]) await who.move('papers', on.paper.id, 'sign');
        on.paper = await head.get(`papers/${on.paper.id}`);
        assert.deepEqual([on.paper.state, on.paper.revision], ['locked', 2]);
        assert.notEqual(on.paper.text_digest, kept.text_digest);
        const shown = await head.get(`papers/${on.paper.id}/history`);
        const change = shown.items.find((h) => h.values.manifestation && h.values.manifestation[1].includes('六人'));
        assert.match(change.values.manifestation[0], /五人/);
        assert.deepEqual(shown.items.map((h) => h.version).sort((a, b) => a - b), shown.items.map((_, i) => i + 1), 'every version is in the history');
    });

    await step('a signature on paper is entered by another, with its number', async () => {
        const second = await author.post('papers', paperText(on.inspection, on.people, { title: '公务接待审批不全' }));
        await author.attach('papers', second.id, on.inspection.id, '接待清单');
        await author.move('papers', second.id, 'sign');
        await checker.move('papers', second.id, 'sign');
        const bare = await deputy.moveRefused(422, 'papers', second.id, 'sign', { means: 'ink' });
        assert.deepEqual(bare.errors.map((e) => e.field), ['paper_no', 'on_behalf_of']);
        await deputy.move('papers', second.id, 'sign', { means: 'ink', paper_no: '底〔2022〕2', on_behalf_of: '秦示严' });
        const ink = (await head.all(`signatures?record=${second.id}&means=ink`))[0];
        assert.deepEqual([ink.person_name, ink.paper_no], ['秦示严', '底〔2022〕2']);
        const merged = await head.expect(200, 'POST', `papers/${second.id}/sign`, { body: {}, ifMatch: await head.version(`papers/${second.id}`) });
        const into = await head.expect(200, 'POST', `papers/${second.id}/merge`, { body: { reason: '同类问题', target: on.paper.id }, ifMatch: merged.json.version });
        assert.deepEqual([into.json.state, into.json.merged_into], ['merged', on.paper.id]);
    });

    await step('a finding is drawn from a locked paper, by the head', async () => {
        const finding = { inspection: on.inspection.id, title: '民主集中制执行不严', text: '四次会议未按规则表决。', category: 'T6.1', severity: 'serious', papers: [on.paper.id] };
        await author.refused(403, 'POST', 'findings', { body: finding });
        assert.deepEqual((await head.refused(422, 'POST', 'findings', { body: { ...finding, papers: [] } })).errors.map((e) => e.field), ['papers']);
        assert.deepEqual((await head.refused(422, 'POST', 'findings', { body: { ...finding, papers: ['x'] } })).errors.map((e) => e.field), ['papers']);
        const thin = await author.post('papers', paperText(on.inspection, on.people, { title: '草稿' }));
        await head.refused(409, 'POST', 'findings', { body: { ...finding, papers: [thin.id] } });
        on.finding = await head.post('findings', finding);
        assert.equal(on.finding.state, 'draft');
        assert.equal((await head.get(`papers/${on.paper.id}`)).state, 'cited');
        assert.deepEqual((await head.all(`finding_papers?finding=${on.finding.id}`)).map((x) => x.paper), [on.paper.id]);
        const dropped = await head.post('findings', { ...finding, title: '重复的问题' });
        await head.move('findings', dropped.id, 'withdraw', { reason: '与第一条重复' });
    });

    await step('the report goes its way, step by step and in order', async () => {
        await office.moveRefused(409, 'inspections', on.inspection.id, 'hear');
        await head.move('inspections', on.inspection.id, 'leave', { effective_on: '2022-01-08' });
        for (const [who, action, state] of [[head, 'report', 'reporting'], [head, 'consult', 'consulting']])
            assert.equal((await who.move('inspections', on.inspection.id, action)).state, state);
        assert.equal((await office.move('inspections', on.inspection.id, 'return', { reason: '文字待改' })).state, 'reporting');
        await head.move('inspections', on.inspection.id, 'consult');
        await head.refused(403, 'POST', `inspections/${on.inspection.id}/deliberate`, { ifMatch: 8 });
        on.feedback = await office.post('feedbacks', { inspection: on.inspection.id, number: '示巡反〔2022〕901号', evaluation: '总体平稳。', demands: '两个月内报送整改情况。' });
        await office.moveRefused(409, 'feedbacks', on.feedback.id, 'deliver'); // not heard yet
        await office.move('inspections', on.inspection.id, 'deliberate');
        assert.equal((await office.move('inspections', on.inspection.id, 'hear')).state, 'heard');
    });

    await step('before the feedback the unit sees neither finding nor feedback nor paper', async () => {
        for (const entity of ['findings', 'feedbacks', 'rectifications', 'attachments', 'signatures', 'statements']) assert.deepEqual(await secretary.all(entity), [], entity);
        for (const [entity, id] of [['findings', on.finding.id], ['feedbacks', on.feedback.id]]) {
            await secretary.refused(404, 'GET', `${entity}/${id}`);
            await secretary.refused(404, 'GET', `${entity}/${id}/history`);
        }
        const proof = (await head.items(`attachments?record=${on.paper.id}`))[0];
        await secretary.refused(404, 'GET', `attachments/${proof.id}`);
        await secretary.refused(404, 'GET', `attachments/${proof.id}/file`);
        for (const entity of ['papers', 'paper_revisions', 'finding_papers', 'evidence', 'members', 'rounds', 'authorisations']) await secretary.refused(403, 'GET', entity);
        assert.ok(!(await leader.all('findings?state=draft')).length, 'the leading group reads findings when they are fed back');
        const figure = await secretary.figure('rectification_rate');
        assert.deepEqual([figure.numerator, figure.denominator, figure.value], [0, 0, null]);
        assert.deepEqual([await leader.figure('rectification_rate')].map((f) => [f.numerator, f.denominator]), [[95, 104]]);
    });

    await step('delivered: the finding gets its number, its item and its day', async () => {
        await office.move('feedbacks', on.feedback.id, 'deliver');
        assert.equal((await office.get(`inspections/${on.inspection.id}`)).state, 'fed_back');
        const finding = await secretary.get(`findings/${on.finding.id}`);
        assert.deepEqual([finding.state, finding.number, finding.fed_back_on], ['fed_back', 1, TODAY]);
        assert.deepEqual((await secretary.all('findings')).map((f) => f.id), [on.finding.id], 'the withdrawn one is not told');
        on.item = (await secretary.all('rectifications'))[0];
        assert.deepEqual([on.item.finding, on.item.state, on.item.awaiting, on.item.due_on], [on.finding.id, 'pending', 'unit', '2022-03-10']);
        const fed = await leader.figure('rectification_rate');
        assert.deepEqual([fed.numerator, fed.denominator], [before.numerator, before.denominator + 1]);
        assert.equal(fed.value, rate(fed));
        await doors(leader, fed);
        const own = await secretary.figure('rectification_rate');
        assert.deepEqual([own.numerator, own.denominator, own.value], [0, 1, 0]);
        await doors(secretary, own);
        await head.refused(409, 'POST', 'findings', { body: { inspection: on.inspection.id, title: '迟来的问题', text: '…', category: 'T6.1', papers: [on.paper.id] } });
        assert.ok(!(await city.as('unit').all('rectifications')).some((r) => r.id === on.item.id), 'another unit');
        await city.as('unit').refused(404, 'GET', `rectifications/${on.item.id}`);
    });

    await step('the unit signs for it', async () => {
        await office.refused(403, 'POST', `feedbacks/${on.feedback.id}/receive`, { ifMatch: 2 });
        await city.as('unit').refused(404, 'POST', `feedbacks/${on.feedback.id}/receive`, { body: { received_by: '甲' }, ifMatch: 2 });
        assert.deepEqual((await secretary.moveRefused(422, 'feedbacks', on.feedback.id, 'receive')).errors.map((e) => e.field), ['received_by']);
        const received = await secretary.move('feedbacks', on.feedback.id, 'receive', { received_by: '何示数' });
        assert.deepEqual([received.state, received.received_on], ['received', TODAY]);
    });

    await step('the unit rectifies: measures, start, progress, its own words, proof', async () => {
        assert.deepEqual((await secretary.moveRefused(409, 'rectifications', on.item.id, 'start')).errors.map((e) => e.field), ['measures', 'leader']);
        await office.refused(403, 'PATCH', `rectifications/${on.item.id}`, { body: { leader: '甲' }, ifMatch: 1 });
        await secretary.patch('rectifications', on.item.id, { measures: '修订议事规则，逐次核对票数。', leader: '何示数', department: '办公室' });
        assert.equal((await secretary.move('rectifications', on.item.id, 'start')).state, 'ongoing');
        const say = (kind, text) => ({ rectification: on.item.id, kind, text });
        await secretary.post('statements', say('progress', '已修订规则。'));
        await secretary.post('statements', say('words', '第二次会议因突发情况改期，有记录可查。'));
        await secretary.refused(403, 'POST', 'statements', { body: say('remark', '写得很好') });
        await discipline.refused(403, 'POST', 'statements', { body: say('progress', '替单位写') });
        await discipline.post('statements', say('remark', '请附修订后的全文。'));
        assert.deepEqual((await secretary.all('statements?sort=id')).map((s) => [s.kind, s.role]), [['progress', 'unit'], ['words', 'unit'], ['remark', 'discipline']]);
        assert.equal((await secretary.get(`rectifications/${on.item.id}`)).version, 3, 'statements do not bump the item');
        await secretary.patch('rectifications', on.item.id, { result: '规则已修订，四次会议已补正。', rules_made: 1 });
        assert.deepEqual((await secretary.moveRefused(409, 'rectifications', on.item.id, 'apply')).errors.map((e) => e.field), ['attachments']);
        const upload = await office.upload(Buffer.from('代为举证'), { inspection: on.inspection.id });
        await office.refused(403, 'POST', 'attachments', { body: { subject: 'rectifications', record: on.item.id, evidence: upload, name: '代.txt' } });
        on.proof = await secretary.attach('rectifications', on.item.id, on.inspection.id, '修订后的议事规则全文', '议事规则.txt');
        assert.equal((await discipline.expect(200, 'GET', `attachments/${on.proof.id}/file`)).text, '修订后的议事规则全文');
        const applied = await secretary.move('rectifications', on.item.id, 'apply');
        assert.deepEqual([applied.state, applied.awaiting, applied.applied_on], ['applied', 'discipline', TODAY]);
        await secretary.refused(409, 'PATCH', `rectifications/${on.item.id}`, { body: { result: '再改' }, ifMatch: applied.version });
    });

    await step('the supervisor returns once, then agrees; the office strikes off', async () => {
        await office.moveRefused(409, 'rectifications', on.item.id, 'strike'); // not reviewed yet
        await office.moveRefused(409, 'rectifications', on.item.id, 'review'); // not the office's step
        await secretary.refused(403, 'POST', `rectifications/${on.item.id}/review`, { ifMatch: 5 });
        assert.ok((await discipline.get('tasks')).items.some((x) => x.kind === 'rectification.review' && x.id === on.item.id));
        const back = await discipline.move('rectifications', on.item.id, 'return', { reason: '缺执行情况' });
        assert.deepEqual([back.state, back.awaiting, back.applied_on], ['ongoing', 'unit', null]);
        await secretary.patch('rectifications', on.item.id, { result: '规则已修订，四次会议已补正，已按新规则开会两次。' });
        await secretary.move('rectifications', on.item.id, 'apply');
        assert.equal((await discipline.move('rectifications', on.item.id, 'review', { opinion: '属实' })).awaiting, 'office');
        await discipline.moveRefused(409, 'rectifications', on.item.id, 'review');
        await discipline.refused(403, 'POST', `rectifications/${on.item.id}/strike`, { ifMatch: 9 });
        assert.deepEqual([await leader.figure('rectification_rate')].map((f) => [f.numerator, f.denominator]), [[95, 105]], 'a review is no strike-off');
        const done = await office.move('rectifications', on.item.id, 'strike', { opinion: '销号' });
        assert.deepEqual([done.state, done.struck_off_on], ['done', TODAY]);
        const after = await leader.figure('rectification_rate');
        assert.deepEqual([after.numerator, after.denominator], [before.numerator + 1, before.denominator + 1]);
        assert.equal(after.value, rate(after));
        await doors(leader, after);
        assert.ok((await leader.all(after.numerator_list)).some((r) => r.id === on.item.id));
        const open = await leader.figure('findings_open');
        assert.equal(open.value, after.denominator - after.numerator);
        await secretary.refused(409, 'POST', `rectifications/${on.item.id}/start`, { ifMatch: done.version });
        const upload = await secretary.upload(Buffer.from('事后'), { inspection: on.inspection.id });
        await secretary.refused(409, 'POST', 'attachments', { body: { subject: 'rectifications', record: on.item.id, evidence: upload, name: '事后.txt' } });
    });

    await step('the figures of earlier days stay what they were', async () => {
        const day = await leader.figure('rectification_rate', '?as_of=2022-01-09');
        assert.deepEqual([day.numerator, day.denominator], [before.numerator, before.denominator]);
        await doors(leader, day);
        const now = await leader.figure('rectification_rate', `?as_of=${TODAY}`);
        assert.deepEqual([now.numerator, now.denominator], [before.numerator + 1, before.denominator + 1]);
    });

    await step('on the last day of the authorisation the team still reads, on the next nothing is left', async () => {
        const proof = (await head.items(`attachments?record=${on.paper.id}`))[0];
        const paths = ['papers', 'inspections', 'findings', 'rounds', 'teams', 'members', 'signatures', 'rectifications', 'attachments', 'evidence', 'figures', 'tasks', 'papers/count', 'workflow',
            `papers/${on.paper.id}`, `papers/${on.paper.id}/history`, `inspections/${on.inspection.id}`, `findings/${on.finding.id}`, `rectifications/${on.item.id}`, `rectifications/${on.item.id}/history`,
            `attachments/${proof.id}`, `attachments/${proof.id}/file`, `rounds/${on.round.id}`];
        await city.restart(['--today', '2022-06-30']);
        for (const path of paths) await head.expect(200, 'GET', path);
        await author.refused(409, 'POST', 'papers', { body: paperText(on.inspection, on.people) }); // the stay is over: the state forbids it, not the right
        await city.restart(['--today', '2022-07-01']);
        for (const who of [head, await city.loggedIn('head')]) {
            assert.deepEqual([(await who.get('session')).role, (await who.get('session')).roles], [null, []]);
            for (const path of paths) await who.refused(403, 'GET', path);
            await who.refused(403, 'POST', `papers/${on.paper.id}/archive`, { ifMatch: 1 });
            await who.refused(403, 'POST', 'uploads', { body: { size: 1, inspection: on.inspection.id } });
        }
        // Somebody who still acts as head elsewhere: the records of the ended authorisation do not exist for him.
        const elsewhere = await security.post('assignments', { account: (await head.get('session')).account, role: 'head', inspection: on.second.id, valid_from: '2022-07-01', valid_to: '2022-12-31', basis: '另行授权' });
        assert.equal(elsewhere.version, 1);
        assert.deepEqual((await head.all('inspections')).map((i) => i.id), [on.second.id]);
        for (const path of [`papers/${on.paper.id}`, `papers/${on.paper.id}/history`, `inspections/${on.inspection.id}`, `findings/${on.finding.id}`, `rectifications/${on.item.id}`, `rectifications/${on.item.id}/history`, `attachments/${proof.id}`, `attachments/${proof.id}/file`])
            await head.refused(404, 'GET', path);
        for (const entity of ['papers', 'findings', 'rectifications', 'signatures', 'attachments', 'evidence']) {
            assert.deepEqual(await head.all(entity), [], entity);
            assert.equal(await head.count(entity), 0, entity);
        }
        const figure = await head.figure('rectification_rate');
        assert.deepEqual([figure.numerator, figure.denominator], [0, 0]);
        await doors(head, figure);
    });

    await step('revoking ends the rights at once', async () => {
        await city.restart(['--today', '2022-06-29']);
        await deputy.get('papers');
        await leader.move('authorisations', on.authorisation.id, 'revoke', { reason: '调整人员', effective_on: '2022-06-29' });
        await deputy.refused(403, 'GET', 'papers');
        await deputy.refused(403, 'GET', `papers/${on.paper.id}`);
    });

    await step('the ledger is sound after all this', async () => {
        await city.stop();
        const done = city.run('verify', '--json');
        assert.equal(done.code, 0, done.out + done.err);
        assert.equal(JSON.parse(done.out).faults, 0);
    });
});
