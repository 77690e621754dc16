namespace CognitiveTools.Lab.Problems.Generation.Wordings;

/// <summary>
/// How else a problem can be put, by the name at the head of its canonical form. <c>[a|b]</c> is one of the alternatives, <c>{0}</c> the
/// first part of the canonical form, as <see cref="Paraphrase"/> cuts it. None of them is a wording of the family, of which the last is
/// kept for <see cref="Split.Reworded"/>; a test compares.
/// </summary>
internal static class Frames
{
    /// <summary>Around a whole problem.</summary>
    public static IReadOnlyList<string> Around { get; } =
    [
        "{0}",
        "{0}",
        "{0}",
        "Here is a problem. {0}",
        "[Please solve|Solve|Work on] this: {0}",
        "A pupil asks: {0}",
        "{0} [Thank you.|Be exact.|Think first.]",
    ];

    /// <summary>Around two problems in a row; the first is {0}, the second, about k, {1}.</summary>
    public static IReadOnlyList<string> InARow { get; } =
    [
        "{0} [Call the answer|Name the result|The answer is called] k. {1}",
        "[There are two parts.|This has two parts.] One: {0} The result is k. Two: {1}",
        "{1} [To get|To know] k, [solve this first|first do this]: {0}",
        "[Find|Work out] k [from this|as follows]: {0} [Now|After that]: {1}",
        "{1} [By k we mean|The number k is] the answer of: {0}",
        "k is what comes out here: {0} [Go on with k|Use k here]: {1}",
    ];

    /// <summary>Opening of a story: who, how many.</summary>
    public static IReadOnlyList<string> Opening { get; } =
    [
        "{0} [owns|holds|keeps|begins with] {1} coins.",
        "At first {0} [has got|holds] {1} coins [in a bag|in a box|].",
        "{1} coins [belong to|are owned by] {0}.",
        "[Once|One day] {0} had {1} coins.",
        "The purse of {0} [holds|begins with] {1} coins.",
    ];

    /// <summary>Close of a story: who.</summary>
    public static IReadOnlyList<string> Close { get; } =
    [
        "[How many coins|What number of coins] [has {0} now|does {0} have in the end|are left]?",
        "[Tell|Give|Find] the final number of coins.",
        "[In the end|At last], how many coins [are there|remain]?",
        "Count [them|the coins] at the end.",
    ];

    /// <summary>Events of a story by their sign: the amount.</summary>
    public static IReadOnlyDictionary<char, string[]> Events { get; } = new Dictionary<char, string[]>
    {
        ['+'] =
        [
            "[Then|Next|After that] {0} [are added|are found|are won].",
            "[Someone gives|A friend brings] {0} [more|].",
            "{0} [more come in|are put in].",
            "[Add|Then add] {0} [coins|to them].",
        ],
        ['-'] =
        [
            "[Then|Next|After that] {0} [are spent|go away|are taken].",
            "[Someone takes|A thief takes] {0} [away|].",
            "{0} [fall out|are given away].",
            "[Subtract|Take away|Then remove] {0} [coins|of them].",
        ],
        ['*'] =
        [
            "[Then|Next|After that] [they|the coins] become {0} times as many.",
            "[Multiply them|Multiply the number] by {0}.",
            "The number [grows|is made] {0} times as large.",
            "[Now|Then] there are {0} for each one.",
        ],
    };

    /// <summary>All other families.</summary>
    public static IReadOnlyDictionary<string, string[]> ByHead { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["rec"] =
        [
            "[We hold|You hold|There is] {0}. [Each time|In every round] it is multiplied by {1}, {2} is added and the "
                + "remainder mod {3} is [taken|kept]. "
                + "[What is|Find|Give] the [value|number|result] after {4} [rounds|steps].",
            "Apply x = {1}x+{2} mod {3} {4} times to {0}. [Where does it end|What comes out]?",
            "[After|Following] {4} [steps|rounds] of [times|multiply by] {1}, [plus|add] {2}, mod {3}, [what|which number] "
                + "comes from {0}?",
            "The rule is: [multiply by|times] {1}, [then add|plus] {2}, [take the remainder mod|mod] {3}. [Use|Apply] it {4} "
                + "times beginning at {0}. "
                + "[Give|Find|Tell] the [last|final] [term|value].",
            "[Find|Tell|Give] the [last|final] [number|value] when {0} is [changed|replaced] {4} times by {1} times itself "
                + "plus {2}, [always|each time] mod {3}.",
            "{4} times do this mod {3}: multiply by {1} and add {2}. [The first number is|Begin with] {0}. [What is the "
                + "last|Tell the result]?",
        ],
        ["pow"] =
        [
            "[Compute|Work out|Tell] {1}^{3} times {0}, [mod|reduced mod] {2}.",
            "[Multiply|Times] {0} {3} times by {1}. [What is left|What is it] mod {2}?",
            "The number {0} is multiplied by {1}, {3} times in all. [Give|Find] its remainder [mod {2}|when divided by {2}].",
            "Mod {2}, what is {0}*{1}^{3}?",
            "[Tell|Find] what {1} to the power {3}, times {0}, leaves [mod {2}|when {2} divides it].",
            "Divide {0}*{1}^{3} by {2}. [Which|What] remainder [is there|comes out]?",
        ],
        ["gcd"] =
        [
            "[Which|What] is the largest [common divisor|common factor] of {0} and {1}?",
            "The numbers {0} and {1} have common divisors. [Give|Tell] the [largest|greatest] one.",
            "[Compute|Work out|Tell] gcd of {0} and {1}.",
            "By which [largest|greatest] number can both {0} and {1} be divided?",
            "{0} and {1}: [find|give|tell] the greatest [number dividing both|common factor].",
            "[Find|Tell] the largest number by which {1} and {0} are divided.",
        ],
        ["dig"] =
        [
            "[Compute|Do] this {3} times [from|beginning with] {0}: [add up the digits|take the digit sum], [multiply "
                + "by|times] {1}, [plus|then add] {2}. [What comes out|Tell the result]?",
            "The rule turns a number into {1} times its digit sum plus {2}. [Use|Apply] it {3} times on {0}. [Give|Find] the "
                + "[last|final] [number|value].",
            "After {3} [rounds|steps], what becomes of {0} when each [round|step] [makes|gives] {1} times the [sum of the "
                + "digits|digit sum] plus {2}?",
            "[Find|Tell] the [last|final] value: {0} is replaced {3} times by the sum of its digits times {1} plus {2}.",
            "There is {0}. {3} times [we|you] take its digit sum, multiply it by {1} and add {2}. What is [left|the last number]?",
        ],
        ["ari"] =
        [
            "[Add up|Sum] {2} terms [beginning|that begin] with {0}, each {1} [more than|larger than] the [last|one before].",
            "A [row|list] of {2} numbers begins at {0} and [grows by|goes up by] {1}. [What is the sum|Find the total]?",
            "[Find|Tell|Give] the total of {2} numbers when the first is {0} and {1} is added [each time|to get the next].",
            "From {0} [on|], add {1} [again and again|each time] until there are {2} terms. [What do they sum to|Give their sum]?",
            "{2} terms, first {0}, [step|difference] {1}: [give|find] [the sum|their total].",
        ],
        ["geo"] =
        [
            "[Add up|Sum] {2} terms [beginning|that begin] with {0}, each {1} times the [term|one] before.",
            "A [row|list] of {2} numbers begins at {0} and is multiplied by {1} [each time|at each step]. [What is the "
                + "sum|Find the total]?",
            "[Find|Tell|Give] the total of {2} numbers when the first is {0} and [multiplying by {1}|{1} times it] "
                + "[makes|gives] the next.",
            "From {0} [on|], multiply by {1} [again and again|each time] until there are {2} terms. [What do they sum "
                + "to|Give their sum]?",
            "{2} terms, first {0}, [ratio|factor] {1}: [give|find] [the sum|their total].",
        ],
        ["crt"] =
        [
            "[Tell|Give|Work out] the [smallest|least] number [with|that has] remainder {0} mod {1} and remainder {2} mod {3}.",
            "A number leaves {0} [over|] mod {1}, and {2} mod {3}. What is [it at least|the smallest one]?",
            "x mod {1} is {0} and x mod {3} is {2}. [Find|Tell] the [least|smallest] x.",
            "[Dividing by {1} leaves|Divided by {1} it leaves] {0} and dividing by {3} leaves {2}. [Which|What] is the "
                + "[smallest|least] such number?",
            "[Smallest|Least] number: [rest|remainder] {0} for {1}, [rest|remainder] {2} for {3}.",
        ],
        ["way"] =
        [
            "[Stairs|A stair] [is|are] climbed by jumps of {1} (in {2} ways) or {3} (in 1 way). The ground is reached in {0} "
                + "ways. [How many ways|Tell the ways] to stair {4}?",
            "[Find|Tell|Give] the number of ways [up to|to reach] stair {4}: {0} ways to the ground, {1} up in {2} ways, {3} "
                + "up in 1 way.",
            "With {0} ways to the ground and jumps {1} up ({2} ways each) and {3} up (1 way), [in how many ways|how many "
                + "ways] is stair {4} reached?",
            "Stair {4} is the [goal|end]. Jumps of {1} come in {2} ways, jumps of {3} in 1. There are {0} ways to [begin|the "
                + "ground]. [Count|Find] all ways.",
            "[One can|You can] go {1} up in {2} ways or {3} up in 1 way, and {0} ways lead to the ground. [How many|Count "
                + "the ways that] lead to stair {4}?",
        ],
        ["bas"] =
        [
            "[Convert|Turn] the digits {1} from base {0} [to base 10|into a number].",
            "[What|Which] number is written {1} in base {0}?",
            "[Read|Take] {1} as digits [in|of] base {0}. [What number is it|Tell the number]?",
            "The base is {0} and the digits are {1}. [What is the number|Give the number in base 10].",
            "[Tell|Find] the base 10 [value|number] of {1}, [given|written] in base {0}.",
            "A number in base {0} has [the digits|digits] {1}. [Tell it|Work it out] in base 10.",
        ],
        ["div"] =
        [
            "[Tell|Find|Work out] how many divisors {0} has.",
            "By how many numbers can {0} be divided?",
            "[What|Which] is the count of divisors of {0}?",
            "{0} has [some|a number of] divisors. [How many|Count them].",
            "[Compute|Tell] the number of numbers that divide {0}.",
            "How many numbers divide {0}?",
        ],
        ["rch"] =
        [
            "[There are|You see] arrows {0}. [Going|Walking] from {1}, [do you reach|can you get to] {2} or {3}?",
            "Follow the arrows {0} from {1}. [Is|Do you find] {2} or {3} [reached|at the end]?",
            "Which one, {2} or {3}, can be reached when you [begin|start] at {1} [and|with] arrows [go|are] {0}?",
            "[Tell|Find] which of {2} and {3} [one|a walk] from {1} reaches. Arrows: {0}.",
            "[Edges|Arrows] {0}; [start|begin] {1}; [targets|ends] {2} and {3}. Which is reached?",
        ],
    };
}
