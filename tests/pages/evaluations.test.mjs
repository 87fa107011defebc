// An evaluation on the pages: opened, scored by its raters, ballots entered, closed, decided; what the unit then reads.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city;
before(async () => (city = await openCity()));
after(() => city.close());

const dialog = (who) => who.page.locator('.el-dialog:visible').last();
async function score(who, button, marks = {}, more = {}) {
    await button.click();
    const form = dialog(who).locator('[data-test="sheet-form"]');
    for (const [code, [points, reason]] of Object.entries(marks)) {
        const row = form.locator(`[data-test="mark-${code}"] input`);
        await row.first().fill(String(points));
        await row.last().fill(reason);
    }
    for (const [name, value] of Object.entries(more)) await form.locator(`[data-test="field-${name}"] input`).fill(value);
    await form.locator('[data-test="hand-in"]').click();
    await form.waitFor({ state: 'hidden' });
}

test('opened, scored, counted, closed, decided, told', { timeout: 240000 }, async () => {
    const office = await city.person('office');
    await office.go('/inspections?state=fed_back');
    await office.page.getByRole('link', { name: '示例市财政局党组' }).first().click();
    await office.shows('title', '财政局');
    await office.page.getByRole('tab', { name: '评估' }).click();
    await office.at('make-evaluations').click();
    await office.fill({ scheme: { choice: '百分制扣分评估' }, due_on: '2021-12-20' }, dialog(office));
    await office.save(dialog(office));
    await office.at('part-tasks').waitFor();
    assert.match(await office.at('facts').innerText(), /反馈问题 \d+\s+已到整改时限 \d+\s+已销号 \d+[^]*截至2021-10-31，由程序统计/);
    const place = new URL(office.page.url()).pathname;

    const discipline = await city.person('discipline');
    await discipline.page.getByRole('link', { name: /整改任务完成/ }).first().click();
    const form = dialog(discipline).locator('[data-test="sheet-form"]');
    await form.locator('[data-test="mark-C1"] input').first().fill('5');
    await form.locator('[data-test="hand-in"]').click();
    await form.getByText('扣分须写明理由').waitFor();
    await form.locator('[data-test="mark-C1"] input').last().fill('一项到期未完成');
    assert.equal(await form.locator('[data-test="sheet-score"]').innerText(), '55');
    await discipline.shot('evaluation-sheet');
    await form.locator('[data-test="hand-in"]').click();
    await form.waitFor({ state: 'hidden' });
    await discipline.at('sheets-tasks').getByText('收齐前只有交表人可见').waitFor();
    for (const part of ['leadership', 'duty']) await score(discipline, discipline.at('sheets-' + part).locator('[data-test="score-discipline"]'));

    await office.go(place);
    await office.at('sheets-tasks').locator('tbody tr').first().waitFor();
    assert.equal(await office.at('sheets-tasks').getByText('一项到期未完成').count(), 0, 'sealed for everybody else');
    assert.equal(await office.at('sheets-tasks').locator('tbody tr').count(), 2);
    await score(office, office.at('sheets-tasks').locator('[data-test="score-office"]'), { C5: [2, '佐证材料缺页'] });
    await score(office, office.at('sheets-leadership').locator('[data-test="score-office"]'));
    for (const part of ['tasks', 'duty']) await score(office, office.at('sheets-' + part).locator('[data-test="score-organisation"]'), {}, { rater: '示委员', paper_no: '评表〔2021〕3号' });

    await office.at('enter-ballots').click();
    const ballots = dialog(office).locator('[data-test="ballot-form"]');
    const fill = async (n, name, votes) => {
        const boxes = ballots.locator(`[data-test="group-${n}"] input`);
        await boxes.nth(0).fill(name);
        for (let i = 0; i < 4; i++) await boxes.nth(i + 1).fill(String(votes[i]));
    };
    await fill(0, '本单位职工', [30, 5, 1, 0]);
    await fill(1, '服务对象', [6, 1, 1, 0]);
    await office.shot('evaluation-ballots');
    await ballots.locator('[data-test="save"]').click();
    await office.at('ballots').waitFor();
    assert.match(await office.at('ballots').innerText(), /本单位职工\s+30\s+5\s+1\s+0\s+36[^]*其他（合并）：服务对象\s+不足10票，不显示、不计票/);

    await office.move('close');
    await office.shows('arithmetic', '合计：15＋15＋57.67＋9.17＝96.84分；等次“好”（90分及以上）');
    assert.equal(await office.at('total').innerText(), '96.84');
    await office.at('sheets-tasks').getByText('一项到期未完成').waitFor();
    await office.shot('evaluation-scored');

    const leader = await city.person('leader');
    await leader.page.getByText('整改评估待审定').first().waitFor();
    await leader.go(place);
    await leader.at('do-settle').click();
    await dialog(leader).locator('.el-checkbox', { hasText: '二次整改（一般）' }).click();
    await leader.fill({ opinion: '总体较好，请补齐佐证材料。' }, dialog(leader));
    await leader.shot('evaluation-decision');
    await leader.save(dialog(leader));
    await leader.shows('decided', '决定采取的措施：二次整改');
    await leader.shows('opinion', '总体较好，请补齐佐证材料。');
    await leader.shot('evaluation-settled');

    // The list is ordered by unit and day, never by what units got.
    await leader.go('/evaluations');
    const heading = (text) => leader.page.locator('th.el-table__cell', { hasText: text }).first();
    await heading('审定日期').locator('.caret-wrapper').waitFor();
    assert.equal(await heading(/^等次$/).count(), 1);
    assert.equal(await heading(/^等次$/).locator('.caret-wrapper').count(), 0);

    const unit = await city.person('unit');
    await unit.page.getByRole('link', { name: '整改评估' }).first().click();
    await unit.page.getByRole('link', { name: '示例市财政局党组' }).first().click();
    await unit.shows('grade', '好');
    await unit.shows('part-tasks', '57.67分');
    for (const name of ['sheets-tasks', 'ballots']) assert.equal(await unit.at(name).count(), 0, name);
    await unit.shot('evaluation-unit');
    for (const who of [office, discipline, leader, unit]) assert.deepEqual(who.troubles, []);
});
