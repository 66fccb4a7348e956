package dev.tickmark.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tickmark.collect.Collector;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the design that a compiler does not know; here, because this module alone sees all others. */
class ArchitectureTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tickmark");

    @Test
    void thereIsCodeOfEveryModuleToCheck() {
        assertThat(CODE.stream().map(JavaClass::getSimpleName)).contains("Scope", "Catalog", "Collector", "Tickmark");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.tickmark.(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void collectorsReadAndTestsJudgeAndNeitherSeesTheOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.tickmark.collect..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tickmark.catalog..")
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage("dev.tickmark.catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tickmark.collect..")
                .check(CODE);
    }

    @Test
    void noCollectorUsesAnother() {
        noClasses()
                .that()
                .implement(Collector.class)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are another collector",
                        (JavaClass other) -> other.isAssignableTo(Collector.class) && !other.isInterface()))
                .check(CODE);
    }

    @Test
    void timeComesFromTheClockAlone() {
        for (Class<?> type : List.of(Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class)) {
            noClasses().should().callMethod(type, "now").check(CODE);
        }
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CODE);
        noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .check(CODE);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().haveModifier(JavaModifier.FINAL).check(CODE);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CODE);
    }

    @Test
    void collectorsAreFinalAndNamedSo() {
        classes()
                .that()
                .implement(Collector.class)
                .should()
                .haveSimpleNameEndingWith("Collector")
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .check(CODE);
    }

    @Test
    void noPackageIsADrawerForEverything() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..model..", "..impl..", "..helper..")
                .check(CODE);
    }
}
