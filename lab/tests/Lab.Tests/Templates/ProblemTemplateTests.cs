using System.Globalization;
using CognitiveTools.Lab.Problems.Templates;
using CognitiveTools.Lab.Tests.Originals;

namespace CognitiveTools.Lab.Tests.Templates;

public sealed class ProblemTemplateTests
{
    private const int Draws = 20;

    public static TheoryData<string> Ids => [.. TemplateCatalog.All.Select(template => template.Id)];

    [Fact]
    public void There_are_at_least_twenty_five_templates_and_each_has_a_check_of_its_own()
    {
        Assert.InRange(TemplateCatalog.All.Count, 25, int.MaxValue);
        Assert.Equal(TemplateCatalog.All.Select(template => template.Id).Order(), TemplateChecks.All.Keys.Order());
        Assert.Equal(TemplateCatalog.All.Count, TemplateCatalog.All.Select(template => template.OriginalId).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Answers_agree_with_brute_force_over_many_draws(string id)
    {
        var template = TemplateCatalog.Get(id);
        Assert.Equal(template.Original.Answer, TemplateChecks.All[id](template.Original.Arguments));
        for (ulong seed = 0; seed < Draws; seed++)
        {
            var variant = template.Instance(seed).Variant;
            var found = TemplateChecks.All[id](variant.Arguments);
            Assert.True(found == variant.Answer, $"{id} with {variant.Arguments}: {variant.Answer}, but brute force finds {found}.");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_original_is_the_published_problem_letter_for_letter(string id)
    {
        var template = TemplateCatalog.Get(id);
        var problem = OriginalProblem.All.Single(p => p.Id == template.OriginalId);
        Assert.Equal(
            (problem.Problem, problem.Answer, problem.Topic),
            (template.Original.Text, template.Original.Answer.ToString(CultureInfo.InvariantCulture), template.Topic));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_template_has_many_texts_and_keeps_its_answers_in_range(string id)
    {
        var template = TemplateCatalog.Get(id);
        Assert.InRange(template.Admissible.Select(instance => instance.Text).Distinct().Count(), 12, 100_000);
        Assert.Equal(template.Admissible.Count, template.Admissible.Select(instance => instance.Text).Distinct().Count());
        Assert.Contains(template.Admissible, instance => instance.Text == template.Original.Text);
        Assert.All(template.Admissible, instance => Assert.InRange(instance.Answer, 0, 999));

        // Enough of them have an answer other than the original's, so that a variant can always be drawn.
        Assert.InRange(template.Admissible.Count(instance => instance.Answer != template.Original.Answer), 10, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_pair_shares_its_template_and_differs_in_text_and_answer(string id)
    {
        for (ulong seed = 0; seed < Draws; seed++)
        {
            var pair = TemplateCatalog.Get(id).Instance(seed);
            Assert.Equal((id, id), (pair.Original.TemplateId, pair.Variant.TemplateId));
            Assert.NotEqual(pair.Original.Text, pair.Variant.Text);
            Assert.NotEqual(pair.Original.Answer, pair.Variant.Answer);
            Assert.DoesNotMatch("<[a-z]", pair.Variant.Text);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_pair_and_other_seeds_other_ones()
    {
        var template = TemplateCatalog.Get("least-sum-of-fractions");
        Assert.Equal(template.Instance(7).Variant.Text, template.Instance(7).Variant.Text);
        Assert.InRange(Enumerable.Range(0, 40).Select(seed => template.Instance((ulong)seed).Variant.Text).Distinct().Count(), 25, 40);
    }

    [Fact]
    public void Arguments_can_be_read_by_name_and_unknown_names_are_refused_with_the_known_ones()
    {
        var arguments = TemplateCatalog.Get("binary-blocks").Original.Arguments;
        Assert.Equal((11, 3), (arguments["length"], arguments["places"]));
        Assert.Equal("length=11, places=3", arguments.ToString());
        var error = Assert.Throws<KeyNotFoundException>(() => arguments["width"]);
        Assert.Contains("length, places", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_template_is_refused_with_the_known_names()
    {
        var error = Assert.Throws<ArgumentException>(() => TemplateCatalog.Get("no-such-template"));
        Assert.Contains("binary-blocks", error.Message, StringComparison.Ordinal);
    }
}
