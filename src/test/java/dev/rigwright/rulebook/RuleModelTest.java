package dev.rigwright.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rigwright.Home;
import dev.rigwright.rulebook.FileModel.DeclaredType;
import dev.rigwright.rulebook.FileModel.Fault;
import dev.rigwright.rulebook.FileModel.Field;
import dev.rigwright.rulebook.FileModel.Import;
import dev.rigwright.rulebook.RuleModel.Annotation;
import dev.rigwright.rulebook.RuleModel.Binding;
import dev.rigwright.rulebook.RuleModel.Constraint;
import dev.rigwright.rulebook.RuleModel.Pattern;
import dev.rigwright.rulebook.RuleModel.SourceKind;
import dev.rigwright.rulebook.RuleModel.Under;
import dev.rigwright.rulebook.RuleModel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** What the parsed model claims of a rule stands at the place that it names. */
class RuleModelTest {

  private static final Map<String, String> SHIPPED =
      RulebookReader.texts(Home.PATH.resolve("rules"));

  private static final String NASTY =
      """
      /* A header with a rule "in/side" when then end. */
      package rigwright; // rule "not/a-rule"

      import dev.rigwright.domain.Gpu;
      import function dev.rigwright.engine.Conclude.caution;

      // What is hot.
      declare Hot
          gpu : String @key // the card
          watts : java.lang.Integer @key
      end

      // Above, but with a gap.

      // Directly above: end
      // of two lines.
      rule "nasty/strings"
          @says( "the end } of ) all { and // no comment, \\"when\\" then" )
          @source( {
              "guide#G001", // the first
              "a;b,c"
          } )
          @because( 'single "quoted"' )
      when
          // $no : Pattern( )
          $gpu : Gpu( /* in, side */ name != "rule \\"x\\" end",
                      $n : name, // a comment, with a comma
                      ( vramGib > 3 && vramGib < 5 ) || ( tdpWatts == null ),
                      $w : tdpWatts >= 400 )
          not ( Hot( gpu == $n ) and Hot( watts > ( $w + 1 ) * 2 ) )
          exists( Hot( gpu == "x", watts in ( 1, 2, 3 ) ) or Hot( gpu matches "a.*" ) )
      then
          // end
          insertLogical( caution( kcontext, "end; }" + $gpu.id() ) );
      end

      rule "nasty/sources"
      when
          $all : java.util.List( size > 2, $s : size ) from collect( Gpu( vendor not memberOf $wanted ) )
          $alias : String( this != "end" ) from $gpu.aliases()
          accumulate( $g : Gpu( $v : vramGib ) and not Hot( gpu == $g.id );
                      $sum : sum( $v ), $most : max( $v );
                      $sum > 10, $most < 4 )
          Number( $total : intValue ) from accumulate( Gpu( $x : tdpWatts ), sum( $x ) )
      then
          insertLogical( new Hot( $alias, ( int ) $sum ) );
      end
      """;

  private static final Map<String, String> NASTY_FILES =
      Map.of(
          "cautions/nasty.drl", NASTY,
          "cautions/crlf.drl", NASTY.replace("\n", "\r\n"),
          "cautions/tabs.drl", NASTY.replace("    ", "\t"),
          "cautions/unicode.drl", NASTY.replace("quoted", "größer 𝟚 → …").replace("$w", "$größe"));

  private static FileModel model(String path) {
    return ModelReader.read(path, NASTY_FILES.getOrDefault(path, SHIPPED.get(path)));
  }

  private static Stream<String> paths() {
    return Stream.concat(SHIPPED.keySet().stream(), NASTY_FILES.keySet().stream().sorted());
  }

  @TestFactory
  Stream<DynamicTest> every_part_that_drools_finds_is_in_the_model() {
    return paths()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      FileModel model = model(path);
                      assertThat(model.faults()).isEmpty();
                      assertThat(Agreement.differences(model, parsed(model.text())))
                          .extracting(Fault::message)
                          .isEmpty();
                    }));
  }

  private static PackageDescr parsed(String text) throws DroolsParserException {
    DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
    PackageDescr parsed = parser.parse(false, text);
    assertThat(parser.getErrors()).isEmpty();
    return parsed;
  }

  @TestFactory
  Stream<DynamicTest> every_place_holds_the_text_that_it_claims() {
    return paths()
        .map(
            path -> DynamicTest.dynamicTest(path, () -> assertThat(claims(model(path))).isEmpty()));
  }

  private static List<String> claims(FileModel model) {
    Claims claims = new Claims(model.text());
    claims.is(model.packageSpan(), model.packageName());
    model.tokens().forEach(token -> claims.is(token.span(), token.text()));
    for (Import imported : model.imports()) {
      claims.is(imported.targetSpan(), imported.target());
      claims.runs(imported.span(), "import", ";");
    }
    for (DeclaredType type : model.types()) {
      claims.runs(type.span(), "declare", "end");
      claims.is(type.nameSpan(), type.name());
      for (Field field : type.fields()) {
        claims.is(field.nameSpan(), field.name());
        claims.is(field.typeSpan(), field.type());
        claims.runs(field.span(), field.name(), "@key");
      }
    }
    for (RuleModel rule : model.rules()) {
      claims.runs(rule.span(), "rule", "end");
      claims.is(rule.nameSpan(), "\"" + rule.name() + "\"");
      if (rule.header() != null) {
        claims.is(rule.header().span(), rule.header().text());
      }
      for (Annotation annotation : rule.annotations()) {
        claims.runs(annotation.span(), "@" + annotation.name(), ")");
        claims.is(annotation.nameSpan(), annotation.name());
        for (Value value : annotation.values()) {
          String cut = value.span().cut(model.text());
          claims.same(cut, value.quoted() ? unquoted(cut) : cut, value.text());
        }
      }
      rule.patterns().forEach(pattern -> claims.pattern(pattern, rule));
      for (Binding binding : rule.bindings()) {
        claims.is(binding.variableSpan(), binding.variable());
        claims.runs(binding.span(), binding.variable(), "");
      }
      claims.is(rule.consequence().span(), rule.consequence().source());
      claims.expression(rule.consequence().inserted());
    }
    return claims.wrong;
  }

  private static String unquoted(String cut) {
    return cut.substring(1, cut.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
  }

  /** Collects the places that hold something else than they claim. */
  private static final class Claims {
    private final List<String> wrong = new ArrayList<>();
    private final String text;

    Claims(String text) {
      this.text = text;
    }

    void same(Object where, String found, String claimed) {
      if (!found.equals(claimed)) {
        wrong.add(where + ": found (" + found + "), claimed (" + claimed + ")");
      }
    }

    void is(Span span, String claimed) {
      same(span, span.cut(text), claimed);
      String[] lines = text.split("\r\n|\n|\r", -1);
      String first = lines[span.line() - 1].substring(span.column() - 1);
      if (!claimed.isEmpty() && !first.startsWith(claimed.split("\r\n|\n")[0])) {
        wrong.add(span + ": line and column lead to (" + first + "), claimed (" + claimed + ")");
      }
      String last = lines[span.lastLine() - 1].substring(0, span.lastColumn());
      String[] ends = claimed.split("\r\n|\n");
      if (!claimed.isEmpty() && !last.endsWith(ends[ends.length - 1])) {
        wrong.add(span + ": ends at (" + last + "), claimed (" + claimed + ")");
      }
    }

    void runs(Span span, String start, String end) {
      String cut = span.cut(text);
      if (!cut.startsWith(start) || !cut.endsWith(end)) {
        wrong.add(span + ": found (" + cut + "), claimed (" + start + " … " + end + ")");
      }
    }

    void pattern(Pattern pattern, RuleModel rule) {
      is(pattern.typeSpan(), pattern.type());
      runs(pattern.span(), pattern.variable() == null ? pattern.type() : pattern.variable(), "");
      runs(pattern.body(), "(", ")");
      if (!rule.condition().holds(pattern.span())) {
        wrong.add(pattern.span() + ": is not within the condition");
      }
      for (Constraint constraint : pattern.constraints()) {
        is(constraint.span(), constraint.source());
        if (constraint.comparison() != null) {
          is(constraint.comparison().fieldSpan(), constraint.comparison().field());
          is(constraint.comparison().sign(), constraint.comparison().operator());
        }
        expression(constraint.expression());
      }
      if (pattern.source() != null) {
        expression(pattern.source());
      }
    }

    void expression(Expr expression) {
      for (Expr part : expression.all()) {
        if (part instanceof Expr.Other other) {
          wrong.add(other.span() + ": is not understood: " + other.text());
        } else if (part instanceof Expr.Path path) {
          is(path.span(), path.name());
        } else if (part instanceof Expr.Binary binary) {
          is(binary.sign(), binary.operator());
        } else if (part instanceof Expr.Literal literal && literal.kind() != Expr.Kind.STRING) {
          is(literal.span(), literal.text());
        } else if (part instanceof Expr.New created) {
          runs(created.span(), "new", ")");
        } else if (part instanceof Expr.Call call) {
          runs(call.span(), call.target() == null ? call.name() : "", ")");
        }
      }
    }
  }

  @Test
  void conditions_are_taken_apart() {
    RuleModel rule = model("cautions/nasty.drl").rule("nasty/strings");
    assertThat(rule.patterns())
        .extracting(Pattern::type)
        .containsExactly("Gpu", "Hot", "Hot", "Hot", "Hot");
    assertThat(rule.patterns())
        .extracting(Pattern::under)
        .containsExactly(
            List.of(),
            List.of(Under.NOT),
            List.of(Under.NOT),
            List.of(Under.EXISTS, Under.OR),
            List.of(Under.EXISTS, Under.OR));
    assertThat(rule.patterns().get(0).constraints())
        .extracting(Constraint::source)
        .containsExactly(
            "name != \"rule \\\"x\\\" end\"",
            "( vramGib > 3 && vramGib < 5 ) || ( tdpWatts == null )",
            "$w : tdpWatts >= 400");
    assertThat(rule.bindings()).extracting(Binding::variable).containsExactly("$gpu", "$n", "$w");
    assertThat(rule.patterns().get(2).constraints().get(0).variables()).containsExactly("$w");
    assertThat(rule.patterns().get(2).constraints().get(0).fields()).containsExactly("watts");
  }

  @Test
  void a_plain_comparison_has_field_operator_and_literal() {
    RuleModel rule = model("cautions/nasty.drl").rule("nasty/strings");
    RuleModel.Comparison comparison = rule.patterns().get(0).constraints().get(2).comparison();
    assertThat(comparison.field()).isEqualTo("tdpWatts");
    assertThat(comparison.operator()).isEqualTo(">=");
    assertThat(comparison.literal().text()).isEqualTo("400");
    assertThat(rule.patterns().get(0).constraints().get(1).comparison()).isNull();
    assertThat(rule.patterns().get(1).constraints().get(0).comparison().literal()).isNull();
  }

  @Test
  void sources_and_accumulations_are_told_apart() {
    RuleModel rule = model("cautions/nasty.drl").rule("nasty/sources");
    assertThat(rule.patterns())
        .extracting(Pattern::type, Pattern::from)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("java.util.List", SourceKind.COLLECT),
            org.assertj.core.groups.Tuple.tuple("Gpu", SourceKind.MEMORY),
            org.assertj.core.groups.Tuple.tuple("String", SourceKind.FROM),
            org.assertj.core.groups.Tuple.tuple("Gpu", SourceKind.MEMORY),
            org.assertj.core.groups.Tuple.tuple("Hot", SourceKind.MEMORY),
            org.assertj.core.groups.Tuple.tuple("Number", SourceKind.ACCUMULATE),
            org.assertj.core.groups.Tuple.tuple("Gpu", SourceKind.MEMORY));
    assertThat(rule.negates()).containsExactly("Gpu", "Hot");
    assertThat(rule.accumulates().get(0).results())
        .extracting(Binding::variable)
        .containsExactly("$sum", "$most");
    assertThat(rule.accumulates().get(0).constraints()).hasSize(2);
    assertThat(rule.bindings())
        .extracting(Binding::variable)
        .contains("$all", "$s", "$g", "$v", "$sum", "$most", "$total");
  }

  @Test
  void annotations_and_comments_are_kept_as_written() {
    RuleModel rule = model("cautions/nasty.drl").rule("nasty/strings");
    assertThat(rule.text("says"))
        .isEqualTo("the end } of ) all { and // no comment, \"when\" then");
    assertThat(rule.texts("source")).containsExactly("guide#G001", "a;b,c");
    assertThat(rule.text("because")).isEqualTo("single \"quoted\"");
    assertThat(rule.header().text()).isEqualTo("// Directly above: end\n// of two lines.");
    assertThat(model("cautions/nasty.drl").types().get(0).header().text())
        .isEqualTo("// What is hot.");
  }

  @Test
  void a_left_side_that_is_left_out_is_read_again() {
    FileModel model =
        ModelReader.read(
            "x.drl", "rule \"x\" when Gpu( vramGib > 3 && < 5 || == 9 ) then f( ); end");
    Expr expression = model.rules().get(0).patterns().get(0).constraints().get(0).expression();
    assertThat(
            expression.all().stream()
                .filter(Expr.Path.class::isInstance)
                .map(path -> ((Expr.Path) path).name()))
        .containsExactly("vramGib", "vramGib", "vramGib");
  }

  @Test
  void a_broken_rule_keeps_its_parts_and_hides_none_of_the_others() {
    String text =
        """
        package rigwright;

        rule "a/no-end"
        when
            Gpu( name == "open )
        then
            insertLogical( new Hot( 1 ) );

        rule "a/no-then"
        when
            Gpu( vramGib > 3 )
        end

        rule "a/bracket"
        when
            Gpu( ( vramGib > 3 )
        then
            insertLogical( new Hot( 1 ) );
        end

        rule "a/good"
        when
            Gpu( vramGib > 3 )
        then
            insertLogical( new Hot( 1 ) );
        end
        """;
    FileModel model = ModelReader.read("a.drl", text);
    assertThat(model.rules())
        .extracting(RuleModel::name)
        .containsExactly("a/no-end", "a/no-then", "a/bracket", "a/good");
    assertThat(model.faults())
        .extracting(fault -> fault.span() + " " + fault.code() + " " + fault.rule())
        .containsExactlyInAnyOrder(
            "a.drl:7:34 missing-end a/no-end",
            "a.drl:5:18 unclosed-string a/no-end",
            "a.drl:11:22 missing-then a/no-then",
            "a.drl:16:8 unclosed-bracket a/bracket");
    assertThat(model.rule("a/good").patterns().get(0).constraints()).hasSize(1);
  }
}
