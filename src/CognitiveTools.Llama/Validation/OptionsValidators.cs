using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Workers;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Validation;

/// <summary>Checks the data annotations of a model's options; the code is generated.</summary>
[OptionsValidator]
internal sealed partial class ModelAnnotations : IValidateOptions<LlamaModelOptions>;

/// <summary>Checks the data annotations of an engine's options; the code is generated.</summary>
[OptionsValidator]
internal sealed partial class EngineAnnotations : IValidateOptions<LlamaEngineOptions>;

/// <summary>Checks the data annotations of a worker's options; the code is generated.</summary>
[OptionsValidator]
internal sealed partial class WorkerAnnotations : IValidateOptions<LlamaWorkerOptions>;
