using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Workers;

/// <summary>Checks the data annotations of the options of a worker; the code is generated.</summary>
[OptionsValidator]
internal sealed partial class WorkerAnnotations : IValidateOptions<LlamaWorkerOptions>;
