package dev.rigwright.accuracy;

import dev.rigwright.accuracy.Measurements.FitRow;
import dev.rigwright.accuracy.Measurements.SpeedRow;
import dev.rigwright.domain.Gpu;
import dev.rigwright.domain.PolicyFigures;
import dev.rigwright.domain.Vendor;
import dev.rigwright.facts.Facts;
import dev.rigwright.facts.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/**
 * Fits the constants of {@code facts/policy.json} that are marked as fitted: the logarithms of
 * estimate over measurement, squared, are made as small as they get (Levenberg and Marquardt).
 */
final class Calibration {

  private static final double STEP = 1e-5;
  private static final int EVALUATIONS = 500;

  private static final List<String> DECODE =
      List.of(
          "decodeBandwidthShare",
          "decodeStackedMemoryShare",
          "decodeKvBandwidthShare",
          "decodeSecondsPerLayer",
          "layerSplitSecondsPerCard");
  private static final List<String> WITHOUT_CUDA = List.of("decodeShareWithoutCuda");
  private static final List<String> PROMPT =
      List.of("prefillTensorShare", "prefillAttentionShare", "prefillPipelineShare");
  private static final List<String> MEMORY = List.of("activationCopies");

  private final Facts facts;
  private final PolicyFigures shipped;
  private final List<SpeedRow> speeds;
  private final List<FitRow> fits;
  private final Estimator estimator;

  /**
   * A fit to what was measured.
   *
   * @param fits rows that there is an estimate for
   */
  Calibration(
      Facts facts,
      PolicyFigures shipped,
      List<SpeedRow> speeds,
      List<FitRow> fits,
      Estimator estimator) {
    this.facts = facts;
    this.shipped = shipped;
    this.speeds = speeds;
    this.fits = fits;
    this.estimator = estimator;
  }

  /** The names of all constants that are fitted. */
  static List<String> names() {
    List<String> names = new ArrayList<>(DECODE);
    names.addAll(WITHOUT_CUDA);
    names.addAll(PROMPT);
    names.addAll(MEMORY);
    return names;
  }

  /** The constants as fitted to all measurements. */
  Map<String, Double> all() {
    return values(without(row -> false), names());
  }

  /** Some of the figures by their names. */
  static Map<String, Double> values(PolicyFigures figures, Collection<String> names) {
    Map<String, Object> values = values(figures);
    Map<String, Double> some = new LinkedHashMap<>();
    for (String name : names) {
      some.put(name, ((Number) values.get(name)).doubleValue());
    }
    return some;
  }

  /** The figures with every constant fitted anew, without the rows of speed that are left out. */
  PolicyFigures without(Predicate<SpeedRow> leftOut) {
    PolicyFigures figures = shipped;
    List<SpeedRow> rows = speeds.stream().filter(leftOut.negate()).toList();
    figures =
        fitted(
            figures,
            DECODE,
            rows.stream().filter(row -> row.decode() && cuda(row)).toList(),
            this::logRatio);
    figures =
        fitted(
            figures,
            WITHOUT_CUDA,
            rows.stream().filter(row -> row.decode() && !cuda(row)).toList(),
            this::logRatio);
    figures =
        fitted(
            figures, PROMPT, rows.stream().filter(row -> !row.decode()).toList(), this::logRatio);
    List<FitRow> used = fits.stream().filter(row -> row.usedGib() != null).toList();
    return fitted(
        figures,
        MEMORY,
        used,
        (row, with) -> Math.log(estimator.transformersGib(row, with) / row.usedGib()));
  }

  private double logRatio(SpeedRow row, PolicyFigures with) {
    return Math.log(estimator.tokensPerSecond(row, with) / row.tokensPerSecond());
  }

  private boolean cuda(SpeedRow row) {
    Gpu gpu = facts.gpuById().get(row.gpu());
    return gpu.vendor() == Vendor.NVIDIA;
  }

  /** The logarithm of estimate over measurement. */
  private interface Residual<T> {
    double of(T row, PolicyFigures with);
  }

  private static <T> PolicyFigures fitted(
      PolicyFigures figures, List<String> names, List<T> rows, Residual<T> residual) {
    if (rows.isEmpty()) {
      return figures;
    }
    Map<String, Object> values = values(figures);
    double[] start = new double[names.size()];
    for (int i = 0; i < start.length; i++) {
      start[i] = Math.log(((Number) values.get(names.get(i))).doubleValue());
    }
    RealVector best =
        new LevenbergMarquardtOptimizer()
            .optimize(
                new LeastSquaresBuilder()
                    .start(start)
                    .target(new double[rows.size()])
                    .model(
                        point -> {
                          double[] at = residuals(figures, names, rows, residual, point.toArray());
                          return new Pair<>(
                              new ArrayRealVector(at),
                              slopes(figures, names, rows, residual, point.toArray(), at));
                        })
                    .maxEvaluations(EVALUATIONS)
                    .maxIterations(EVALUATIONS)
                    .lazyEvaluation(false)
                    .build())
            .getPoint();
    return with(figures, names, best.toArray());
  }

  private static <T> double[] residuals(
      PolicyFigures figures,
      List<String> names,
      List<T> rows,
      Residual<T> residual,
      double[] point) {
    PolicyFigures with = with(figures, names, point);
    return rows.stream().mapToDouble(row -> residual.of(row, with)).toArray();
  }

  private static <T> RealMatrix slopes(
      PolicyFigures figures,
      List<String> names,
      List<T> rows,
      Residual<T> residual,
      double[] point,
      double[] at) {
    RealMatrix slopes = MatrixUtils.createRealMatrix(rows.size(), point.length);
    for (int i = 0; i < point.length; i++) {
      double[] beside = point.clone();
      beside[i] += STEP;
      double[] moved = residuals(figures, names, rows, residual, beside);
      for (int row = 0; row < at.length; row++) {
        slopes.setEntry(row, i, (moved[row] - at[row]) / STEP);
      }
    }
    return slopes;
  }

  private static PolicyFigures with(PolicyFigures figures, List<String> names, double[] logs) {
    Map<String, Object> values = values(figures);
    for (int i = 0; i < logs.length; i++) {
      values.put(names.get(i), Math.exp(logs[i]));
    }
    return Json.MAPPER.convertValue(values, PolicyFigures.class);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> values(PolicyFigures figures) {
    return Json.MAPPER.convertValue(figures, LinkedHashMap.class);
  }
}
