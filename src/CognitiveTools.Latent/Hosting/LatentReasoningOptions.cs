using CognitiveTools.Files;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Settings of a host's latent reasoners.</summary>
public sealed class LatentReasoningOptions
{
    /// <summary>Questions whose thoughts the control <c>transplanted</c> feeds; at least two with different texts.</summary>
    /// <value>The default is eight short word problems.</value>
    public IList<Question> Donors { get; } =
    [
        new("donor-1", "A crate holds 14 rows of 9 jars. Six jars are broken. How many jars are whole?"),
        new("donor-2", "What is the remainder when 7 to the power 5 is divided by 11?"),
        new("donor-3", "A train covers 156 kilometres in 3 hours. How far does it go in 5 hours at the same speed?"),
        new("donor-4", "How many positive divisors does 360 have?"),
        new("donor-5", "The sum of two numbers is 53 and their difference is 17. What is the larger number?"),
        new("donor-6", "A rectangle is 12 long and 5 wide. What is the square of its diagonal?"),
        new("donor-7", "In how many ways can 3 of 8 books be chosen, if the order does not matter?"),
        new("donor-8", "A tank loses a quarter of its 240 litres, then gains 35 litres. How many litres does it hold?"),
    ];

    /// <summary>Where the maps of <c>align=ridge</c> are kept, d x d floats a model.</summary>
    /// <value><see langword="null"/>: <c>alignments</c> in <see cref="CacheFolder"/>.</value>
    public string? AlignmentFolder { get; set; }
}
