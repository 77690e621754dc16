using CognitiveTools.Llama.Engine;
using CognitiveTools.Models.Catalog;

namespace GettingStarted;

/// <summary>What the steps share: the small models of the repository, found by name.</summary>
internal static class Shipped
{
    /// <summary>
    /// The path of a model of the catalog (<c>cogtools models list</c> shows
    /// them), whose hash is checked when the file is new or has changed.
    /// </summary>
    public static string Model(string name) => new ModelStore(ModelCatalog.Load()).Require(name).Path;

    /// <summary>Matrices as small as theirs are slower on two threads than on one.</summary>
    public static void OneThread(LlamaEngineOptions engine) => engine.Threads = 1;
}
