// Runs in the report's page, after Chart.js: draws the three charts from the data in the page.
(() => {
  const data = JSON.parse(document.getElementById('chart-data').textContent);
  const { points, phases, invalid, events, windowSeconds } = data;
  const charts = [];

  /** A colour of the style sheet, so that light, dark and paper are decided in one place. */
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const clock = (seconds) => {
    const two = (value) => String(value).padStart(2, '0');
    const all = Math.round(seconds);
    const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
    return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  };

  /** Shades the phases that are not steady and the invalid seconds, behind the lines. */
  const shading = {
    id: 'shading',
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      const fill = (stretch, style) => {
        const left = Math.max(chartArea.left, scales.x.getPixelForValue(stretch.from));
        const right = Math.min(chartArea.right, scales.x.getPixelForValue(stretch.to));
        ctx.fillStyle = style;
        if (right > left) ctx.fillRect(left, chartArea.top, Math.max(1, right - left), chartArea.height);
      };
      ctx.save();
      for (const stretch of phases) if (stretch.phase !== 'steady') fill(stretch, colour('--shade'));
      for (const stretch of invalid) fill(stretch, colour('--shade-invalid'));
      ctx.restore();
    },
  };

  /** Marks events with numbered lines; the list under the charts tells what they are. */
  const marks = {
    id: 'marks',
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      ctx.save();
      ctx.strokeStyle = colour('--muted');
      ctx.fillStyle = colour('--muted');
      ctx.font = `10px ${getComputedStyle(document.body).fontFamily}`;
      ctx.textAlign = 'center';
      ctx.setLineDash([2, 3]);
      let lastLabel = Number.NEGATIVE_INFINITY;
      for (const event of events) {
        const x = Math.min(chartArea.right, scales.x.getPixelForValue(event.second));
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        if (x - lastLabel > 14) {
          ctx.fillText(String(event.number), x, chartArea.top - 4);
          lastLabel = x;
        }
      }
      ctx.restore();
    },
  };

  /** A line without neighbours would not be seen; it gets a dot. */
  const lonely = ({ dataset, dataIndex }) => {
    const there = (i) => dataset.data[i]?.y !== null && dataset.data[i] !== undefined;
    return there(dataIndex) && !there(dataIndex - 1) && !there(dataIndex + 1) ? 2 : 0;
  };

  const line = ({ key, label, colourName, dash = [], width = 1.75, stepped = false }) => ({
    label,
    data: points.map((point) => ({ x: point.second + windowSeconds / 2, y: point[key] })),
    colourName,
    borderWidth: width,
    borderDash: dash,
    stepped,
    pointRadius: lonely,
    pointHoverRadius: 3,
    pointStyle: 'line',
    spanGaps: false,
  });

  const last = points.at(-1);
  const end = last ? last.second + windowSeconds : 1;

  /** Steps of the time axis that people count in. */
  const stepSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800].find(
    (step) => end / step <= 12,
  );

  const draw = (id, unit, decimals, lines) => {
    const canvas = document.getElementById(id);
    const number = (value) => value.toLocaleString('en-US', { maximumFractionDigits: decimals });
    charts.push(
      new Chart(canvas, {
        type: 'line',
        data: { datasets: lines.map(line) },
        plugins: [shading, marks],
        options: {
          animation: false,
          normalized: true,
          parsing: false,
          maintainAspectRatio: false,
          interaction: { mode: 'index', intersect: false },
          layout: { padding: { top: 14, right: 12 } },
          scales: {
            x: {
              type: 'linear',
              min: 0,
              max: end,
              ticks: {
                stepSize: stepSeconds,
                includeBounds: false,
                maxRotation: 0,
                autoSkip: true,
                callback: (value) => clock(value),
              },
              border: { display: false },
            },
            y: {
              beginAtZero: true,
              suggestedMax: 1,
              ticks: { maxTicksLimit: 6, callback: (value) => number(value) },
              border: { display: false },
              // The same width in every chart, so that the time axes stand one under the other.
              afterFit: (scale) => {
                scale.width = 56;
              },
            },
          },
          plugins: {
            legend: {
              align: 'end',
              labels: {
                usePointStyle: true,
                pointStyleWidth: 24,
                boxHeight: 6,
                padding: 14,
                generateLabels: (chart) =>
                  Chart.defaults.plugins.legend.labels
                    .generateLabels(chart)
                    .map((item) => ({ ...item, lineDash: chart.data.datasets[item.datasetIndex].borderDash })),
              },
            },
            tooltip: {
              displayColors: false,
              callbacks: {
                title: ([item]) => {
                  const from = points[item.dataIndex].second;
                  return windowSeconds === 1 ? clock(from) : `${clock(from)} to ${clock(from + windowSeconds)}`;
                },
                label: ({ dataset, parsed }) => `${dataset.label}: ${number(parsed.y)} ${unit}`.trim(),
              },
            },
          },
        },
      }),
    );
  };

  const paint = () => {
    for (const chart of charts) {
      for (const dataset of chart.data.datasets) {
        dataset.borderColor = colour(dataset.colourName);
        dataset.backgroundColor = colour(dataset.colourName);
      }
      for (const scale of Object.values(chart.options.scales)) {
        scale.grid = { color: colour('--grid'), drawTicks: false };
        scale.ticks.color = colour('--muted');
        scale.ticks.padding = 6;
      }
      chart.options.plugins.legend.labels.color = colour('--text');
      chart.update('none');
    }
  };

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 11;

  draw('chart-rate', '/s', 1, [
    { key: 'requestsPerSecond', label: 'Requests/s', colourName: '--series-blue' },
    { key: 'failuresPerSecond', label: 'Failures/s', colourName: '--series-vermillion', dash: [5, 3] },
  ]);
  draw('chart-latency', 'ms', 2, [
    { key: 'p50', label: 'Median', colourName: '--series-blue', width: 2.25 },
    { key: 'p90', label: '90 %ile', colourName: '--series-green', dash: [6, 3] },
    { key: 'p95', label: '95 %ile', colourName: '--series-orange', dash: [2, 2] },
    { key: 'p99', label: '99 %ile', colourName: '--series-vermillion', width: 1.25 },
  ]);
  draw('chart-nodes', '', 0, [
    { key: 'nodes', label: 'Nodes', colourName: '--series-green', width: 2 },
    { key: 'plannedNodes', label: 'Planned', colourName: '--series-purple', dash: [3, 3], width: 1.25 },
  ]);
  paint();

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  // On paper the style sheet's print colours count; the canvases are drawn anew for it and back.
  const forPaper = (on) => () => {
    document.documentElement.classList.toggle('paper', on);
    for (const chart of charts) chart.resize();
    paint();
  };
  addEventListener('beforeprint', forPaper(true));
  addEventListener('afterprint', forPaper(false));
})();
