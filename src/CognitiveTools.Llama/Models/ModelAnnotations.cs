using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Models;

/// <summary>Checks the data annotations of the options of a model; the code is generated.</summary>
[OptionsValidator]
internal sealed partial class ModelAnnotations : IValidateOptions<LlamaModelOptions>;
