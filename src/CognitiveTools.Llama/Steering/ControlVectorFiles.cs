using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Steering;

/// <summary>Control vectors of llama.cpp's format for the reasoner <c>steer</c>.</summary>
internal sealed class ControlVectorFiles : IControlVectorFiles
{
    public string Find(string file) => ControlVectorFile.Find(file);

    public ControlVector Read(string path) => ControlVectorFile.Read(path);
}
