package dev.rigwright.domain;

/**
 * What one model of the requirement takes.
 *
 * @param weightsBytes its weights
 * @param readBytes weights read for one token
 * @param kvCacheBytes the cache of all sessions at the full context
 * @param kvReadBytes cache that one session reads for one token at the end of an answer
 * @param paramsB parameters, 10^9
 * @param readParamsB parameters that one token reads, 10^9
 * @param onCpu whether it stays off the cards
 */
public record ModelNeed(
    String modelId,
    Role role,
    Quantization quantization,
    long weightsBytes,
    long readBytes,
    long kvCacheBytes,
    long kvReadBytes,
    double paramsB,
    double readParamsB,
    int layers,
    boolean onCpu) {}
