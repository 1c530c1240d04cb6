package dev.lancewright.internal.simd;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks tests of the twins that run on vectors. They are skipped where kernels do not run on
 * vectors, and the build runs them again on narrower vectors, by their tag.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Tag("vectors")
@ExtendWith(RequiresVectors.Condition.class)
@interface RequiresVectors {
  /** Skips with the reason that {@link Simd} gives. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      try {
        return Simd.vectors()
            ? ConditionEvaluationResult.enabled(Simd.description())
            : ConditionEvaluationResult.disabled(Simd.description());
      } catch (IllegalStateException e) {
        return ConditionEvaluationResult.disabled(e.getMessage());
      }
    }
  }
}
