namespace CognitiveTools.Steering;

/// <summary>Reads control vectors from files of an engine's format.</summary>
internal interface IControlVectorFiles
{
    /// <summary>
    /// The full path of a file that is named relative to the current folder,
    /// the program's folder, or a folder above them; the file may be missing.
    /// </summary>
    string Find(string file);

    /// <summary>Reads a vector.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or is not a control vector; the message names the key or tensor.
    /// </exception>
    ControlVector Read(string path);
}
