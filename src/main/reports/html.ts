import { buildReport } from '../../shared/stats/report';
import { chartsSection } from './html/charts-section';
import { failuresSection } from './html/failures-section';
import { generatorSection } from './html/generator-section';
import { headSection } from './html/head-section';
import { pageBegin, pageEnd } from './html/page';
import { digestRun } from './html/run-digest';
import { scenarioSection } from './html/scenario-section';
import { statisticsSection } from './html/statistics-section';
import { workSection } from './html/work-section';
import type { ReportFormat, ReportSource } from './report-format';

/**
 * The report for people: one HTML file that needs nothing else and asks no other host for anything. What came from the scenario or the
 * backend appears as text only.
 */
export const htmlReport: ReportFormat = {
  id: 'html',
  label: 'HTML report (one file, with charts)',
  extension: '.html',
  suffixes: [''],
  parts: (source) => [{ suffix: '', text: htmlText(source) }],
};

async function* htmlText(source: ReportSource): AsyncGenerator<string> {
  const { data } = source;
  const report = buildReport(data);
  const digest = await digestRun(source);
  yield pageBegin(data).text;
  yield headSection(data, report, digest).text;
  yield chartsSection(data, digest).text;
  yield statisticsSection(data, report).text;
  yield failuresSection(data, report).text;
  yield workSection(data, report).text;
  yield generatorSection(report, digest).text;
  yield scenarioSection(data).text;
  yield pageEnd(data, digest).text;
}
