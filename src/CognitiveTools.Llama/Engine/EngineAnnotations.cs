using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Engine;

/// <summary>Checks the data annotations of the options of an engine; the code is generated.</summary>
[OptionsValidator]
internal sealed partial class EngineAnnotations : IValidateOptions<LlamaEngineOptions>;
