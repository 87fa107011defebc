// Records of supervision on the pages: talks with their commitments, what was named at meetings and closed on proof.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city, discipline, office, unit;
before(async () => {
    city = await openCity();
    discipline = await city.person('discipline');
    office = await city.person('office');
    unit = await city.person('unit');
});
after(() => city.close());

const dialog = (person) => person.page.locator('.el-dialog:visible').last();

test('a talk, a unit called, its commitment kept', async () => {
    await discipline.go('/talks');
    await discipline.at('make-talks').click();
    await discipline.fill({ number: '示纪谈〔2021〕1号', kind: { choice: '集体约谈' }, body: { choice: '纪委监委' }, maker: '示例市纪委监委', chair: '示主任', held_on: '2021-10-20', cause: { choice: '整改不力' }, content: '说明超期事项的原因。' }, dialog(discipline));
    await discipline.shot('talk-new');
    await discipline.save(dialog(discipline));
    await discipline.at('make-talk_parties').click();
    await discipline.fill({ unit: { choice: '财政局' }, due_on: '2021-11-30', commitment: '十一月底前办结。' }, dialog(discipline));
    await discipline.save(dialog(discipline));
    await discipline.at('parties').getByText('承诺整改中').waitFor();
    await discipline.shot('talk');

    await unit.go('/talk_parties');
    await unit.page.locator('.el-table__row a').first().click();
    await unit.at('do-reply').click();
    assert.match(await dialog(unit).innerText(), /落实情况/);
    await unit.fill({ done_on: '2021-10-31', result: '已全部办结。' }, dialog(unit));
    await unit.save(dialog(unit));
    await unit.page.getByText('已报结果').first().waitFor();
    assert.equal(await unit.at('do-close').count(), 0, 'confirming is not the unit\'s');
    await unit.shot('talk-party');

    await discipline.page.reload();
    await discipline.at('parties').locator('a').first().click();
    await discipline.at('do-close').click();
    await discipline.fill({ opinion: '经核实已落实。' }, dialog(discipline));
    await discipline.save(dialog(discipline));
    await discipline.page.getByText('已完成').first().waitFor();
    assert.deepEqual([...discipline.troubles, ...unit.troubles], []);
});

test('what was named at a meeting is closed on proof', async () => {
    await office.go('/instructions');
    await office.at('make-instructions').click();
    await office.fill({ kind: { choice: '点人点事点问题' }, issuer: '市委书记', issued_on: '2021-10-20', text: '食堂账目要限期公示。' }, dialog(office));
    await office.save(dialog(office));
    await office.at('do-close').click();
    await office.fill({ opinion: '账目已公示。' }, dialog(office));
    await office.save(dialog(office));
    await dialog(office).getByText(/办结须有依据/).first().waitFor();
    await office.shot('instruction-refused');
    await office.fill({ basis: '示机管〔2021〕7号' }, dialog(office));
    await office.save(dialog(office));
    await office.page.getByText('示机管〔2021〕7号').first().waitFor();
    await office.shot('instruction');
    assert.equal(await office.at('do-close').count(), 0);
    assert.deepEqual(office.troubles, []);
});

test('an old matter is resolved with a basis', async () => {
    await discipline.go('/legacy_issues');
    await discipline.at('make-legacy_issues').click();
    await discipline.fill({ title: '安置小区产权证未办理', since: 2006, unit: { choice: '财政局' }, body: { choice: '纪委监委' }, obstacle: '开发单位注销。', lead_body: '示例市纪委监委' }, dialog(discipline));
    await discipline.save(dialog(discipline));
    await discipline.at('do-close').click();
    await discipline.fill({ result: '已补办手续并发证。', basis: '不动产登记报告' }, dialog(discipline));
    await discipline.shot('legacy');
    await discipline.save(dialog(discipline));
    await discipline.page.getByText('已解决').first().waitFor();
    assert.deepEqual(discipline.troubles, []);
});

test('the log of the discipline body, with a demand that is late until it is met', async () => {
    await discipline.go('/supervision_logs');
    await discipline.at('make-supervision_logs').click();
    await discipline.fill({ body: { choice: '纪委监委' }, supervisor: '第一监督检查室', unit: { choice: '财政局' }, method: { choice: '现场检查' }, done_on: '2021-10-11', due_on: '2021-10-20', found: '台账与现场不一致。', demand: '重新核对。' }, dialog(discipline));
    await discipline.shot('supervision-log');
    await discipline.save(dialog(discipline));
    await discipline.at('edit').waitFor();
    await discipline.go('/');
    await discipline.shows('digest-demands_late', /^1 超期未落实的监督要求/);
    await discipline.page.goBack();
    await discipline.at('edit').click();
    await discipline.fill({ met_on: '2021-10-25', result: '已核对一致。' });
    await discipline.save();
    await discipline.page.getByText('已核对一致。').first().waitFor();
    await discipline.go('/');
    await discipline.shows('digest-demands_late', /^0 超期未落实的监督要求/);
    assert.equal(await unit.page.locator('nav.menu a', { hasText: '监督日志' }).count(), 0, 'the unit has no such page');
    assert.deepEqual(discipline.troubles, []);
});

test('a return visit is drawn as one, and a clean-up names its look-back', async () => {
    await office.go('/rechecks');
    await office.at('make-rechecks').click();
    await office.fill({ title: '巡察整改回头看', strata: { choice: '不分层' }, kind: { choice: '回头看' }, size: 2, seed: '示例' }, dialog(office));
    await office.save(dialog(office));
    await office.at('recheck-items').waitFor();
    await office.page.getByText('回头看', { exact: true }).first().waitFor();
    await office.go('/clean_ups');
    await office.at('make-clean_ups').click();
    await office.fill({ title: '砂石堆场专项整治', theme: '岸线占用', body: { choice: '巡察办' }, maker: '市委巡察办', from_on: '2021-06-01', problems_found: 12, problems_solved: 11, look_back: { choice: '巡察整改回头看' } }, dialog(office));
    await office.shot('clean-up');
    await office.save(dialog(office));
    await office.page.getByText('巡察整改回头看').first().waitFor();
    assert.deepEqual(office.troubles, []);
});

test('a right by supervision office is granted from the list, and shows its units only', async () => {
    const secadmin = await city.person('secadmin');
    await secadmin.go('/assignments');
    await secadmin.at('make-assignments').click();
    await secadmin.fill({ account: { choice: 'discipline' }, role: { choice: '纪委监委' }, supervision_office: { choice: '第2监督检查室（监督' }, valid_from: '2021-10-01', valid_to: '2022-12-31', basis: '室内分工' }, dialog(secadmin));
    await secadmin.shot('right-by-office');
    await secadmin.save(dialog(secadmin));
    await secadmin.page.getByText('第2监督检查室').first().waitFor();
    await secadmin.go('/assignments');
    await secadmin.page.locator('.el-table__row', { hasText: '第2监督检查室' }).getByText('discipline').waitFor();
    await secadmin.shot('rights');
    assert.deepEqual(secadmin.troubles, []);
});
